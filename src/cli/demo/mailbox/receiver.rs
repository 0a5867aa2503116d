//! As much of a mail server as the demonstration needs (RFC 5321 §4.5.1): EHLO, HELO, MAIL, RCPT,
//! DATA, RSET, NOOP, VRFY, QUIT.
//!
//! Absent: encryption and login (it listens on loopback only), queues, relaying. Lines end in CRLF
//! and nothing else does (RFC 5321 §2.3.8), so that no letter can hold another.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

use super::Mailbox;

/// Octets of a command line, its end included (RFC 5321 §4.5.3.1.4).
const MAX_COMMAND: usize = 512;
/// Octets of a letter.
const MAX_LETTER: usize = 256 * 1024;
/// Recipients of a letter (RFC 5321 §4.5.3.1.8 asks for a hundred).
const MAX_RECIPIENTS: usize = 100;
/// For the next line to come (RFC 5321 §4.5.3.2.7).
const PATIENCE: Duration = Duration::from_secs(5 * 60);

/// What has been said so far about the letter to come.
#[derive(Default)]
struct Envelope {
    greeted: bool,
    from: Option<String>,
    to: Vec<String>,
}

/// What to do after a command.
#[derive(PartialEq, Eq, Debug)]
enum Next {
    Reply(&'static str),
    TakeLetter,
    Quit,
}

/// One line of the conversation.
enum Line {
    /// Without its CRLF.
    Whole(Vec<u8>),
    /// Longer than allowed, or not ended by CRLF.
    Unfit,
    /// The other side is gone.
    End,
}

pub(super) async fn converse(socket: TcpStream, mailbox: &Mailbox) {
    // Whoever breaks off has sent nothing that is kept.
    talk(socket, mailbox).await.ok();
}

async fn talk(socket: TcpStream, mailbox: &Mailbox) -> io::Result<()> {
    let mut stream = BufReader::new(socket);
    let mut envelope = Envelope::default();
    stream.write_all(b"220 mailbox.demo\r\n").await?;
    loop {
        let reply = match line(&mut stream, MAX_COMMAND).await? {
            Line::End => return Ok(()),
            Line::Unfit => "500 lines have at most 512 octets and end in CRLF\r\n",
            Line::Whole(command) => match envelope.hear(&command) {
                Next::Reply(reply) => reply,
                Next::Quit => return stream.write_all(b"221 goodbye\r\n").await,
                Next::TakeLetter => {
                    stream.write_all(b"354 go on, end with a dot\r\n").await?;
                    let letter = letter(&mut stream).await?;
                    let from = envelope.from.take().unwrap_or_default();
                    let to = std::mem::take(&mut envelope.to);
                    match letter {
                        Some(letter) => {
                            mailbox.keep(&from, &to, &letter);
                            "250 kept\r\n"
                        }
                        None => "552 more than 256 KiB\r\n",
                    }
                }
            },
        };
        stream.write_all(reply.as_bytes()).await?;
    }
}

impl Envelope {
    fn hear(&mut self, command: &[u8]) -> Next {
        let Ok(command) = std::str::from_utf8(command) else {
            return Next::Reply("500 not a command\r\n");
        };
        let (verb, rest) = command.split_once(' ').unwrap_or((command, ""));
        match verb.to_ascii_uppercase().as_str() {
            "EHLO" | "HELO" if rest.trim().is_empty() => Next::Reply("501 who are you?\r\n"),
            "EHLO" => {
                self.reset();
                self.greeted = true;
                Next::Reply("250-mailbox.demo\r\n250-8BITMIME\r\n250 SIZE 262144\r\n")
            }
            "HELO" => {
                self.reset();
                self.greeted = true;
                Next::Reply("250 mailbox.demo\r\n")
            }
            "MAIL" => Next::Reply(self.mail(rest)),
            "RCPT" => Next::Reply(self.rcpt(rest)),
            "DATA" if self.to.is_empty() => Next::Reply("503 from whom, to whom?\r\n"),
            "DATA" => Next::TakeLetter,
            "RSET" => {
                self.reset();
                Next::Reply("250 forgotten\r\n")
            }
            "NOOP" => Next::Reply("250 yes\r\n"),
            "VRFY" => Next::Reply("252 try it\r\n"),
            "QUIT" => Next::Quit,
            _ => Next::Reply("502 not here\r\n"),
        }
    }

    fn reset(&mut self) {
        self.from = None;
        self.to.clear();
    }

    fn mail(&mut self, rest: &str) -> &'static str {
        if !self.greeted || self.from.is_some() {
            return "503 not now\r\n";
        }
        match path(rest, "FROM:") {
            Some(from) => {
                self.from = Some(from);
                "250 from there\r\n"
            }
            None => "501 MAIL FROM:<address>\r\n",
        }
    }

    fn rcpt(&mut self, rest: &str) -> &'static str {
        if self.from.is_none() {
            return "503 from whom?\r\n";
        }
        if self.to.len() >= MAX_RECIPIENTS {
            return "452 that is enough\r\n";
        }
        match path(rest, "TO:").filter(|it| !it.is_empty()) {
            Some(to) => {
                self.to.push(to);
                "250 to there\r\n"
            }
            None => "501 RCPT TO:<address>\r\n",
        }
    }
}

/// The address in `FROM:<address> PARAMETERS`.
fn path(rest: &str, keyword: &str) -> Option<String> {
    let (head, rest) = rest.split_at_checked(keyword.len())?;
    let address = rest.trim_start().strip_prefix('<')?.split_once('>')?.0;
    head.eq_ignore_ascii_case(keyword).then(|| address.to_owned())
}

/// Reads up to the lone dot. `None` for a letter that is too long, which is read to its end too.
async fn letter(stream: &mut BufReader<TcpStream>) -> io::Result<Option<Vec<u8>>> {
    let mut letter = Vec::new();
    let mut too_long = false;
    let mut at_line_start = true;
    loop {
        let octets = piece(stream, MAX_LETTER).await?;
        if octets.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if at_line_start && octets == b".\r\n" {
            return Ok((!too_long).then_some(letter));
        }
        // A dot that was doubled on the way (RFC 5321 §4.5.2).
        let unstuffed = octets.strip_prefix(b".").filter(|_| at_line_start);
        at_line_start = octets.ends_with(b"\r\n");
        too_long |= letter.len() + octets.len() > MAX_LETTER;
        if !too_long {
            letter.extend_from_slice(unstuffed.unwrap_or(&octets));
        }
    }
}

async fn line(stream: &mut BufReader<TcpStream>, limit: usize) -> io::Result<Line> {
    let octets = piece(stream, limit).await?;
    if octets.is_empty() {
        return Ok(Line::End);
    }
    if let Some(whole) = octets.strip_suffix(b"\r\n") {
        return Ok(Line::Whole(whole.to_vec()));
    }
    // The rest of a line that is too long belongs to it.
    let mut last = octets;
    while !last.is_empty() && !last.ends_with(b"\n") {
        last = piece(stream, limit).await?;
    }
    Ok(Line::Unfit)
}

/// Octets up to the next LF, `limit` at most; none at the end of the stream.
async fn piece(stream: &mut BufReader<TcpStream>, limit: usize) -> io::Result<Vec<u8>> {
    let mut octets = Vec::new();
    let mut bounded = stream.take(limit as u64);
    tokio::time::timeout(PATIENCE, bounded.read_until(b'\n', &mut octets)).await??;
    Ok(octets)
}
