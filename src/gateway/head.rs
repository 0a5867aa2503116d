//! The raw head of an HTTP/1 request, before any parser has had its way with it.
//!
//! Request smuggling lives on the differences between two parsers (RFC 9112 §11.2). So the octets are
//! checked here first, strictly, and what passes has one meaning: CRLF line ends, single spaces in the
//! request line, tokens as names, one Host, and one framing. What a lenient parser would repair (bare
//! LF, both framings, equal repetitions of Content-Length, obs-fold) is refused.
//!
//! Absent: HTTP/2, whose framing is binary and whose parser refuses the like by itself.

use memchr::{memchr, memchr2};

use super::host;

/// What is refused, and so which status says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Malformed {
    /// A CR or LF that is not part of a line end.
    #[error("a bare CR or LF")]
    LineEnd,
    /// Not `METHOD SP TARGET SP HTTP/1.x`.
    #[error("the request line")]
    RequestLine,
    /// A version that is not spoken here.
    #[error("the HTTP version")]
    Version,
    /// CONNECT, TRACE, TRACK.
    #[error("a method that is not for portals")]
    Method,
    /// `*`, a fragment, a control byte, or neither a path nor a URL.
    #[error("the request target")]
    Target,
    /// A name that is no token, a folded line, a control byte in a value.
    #[error("a header field")]
    Field,
    /// None, several, or no host.
    #[error("the Host field")]
    Host,
    /// Content-Length and Transfer-Encoding together, either of them repeated or not plain.
    #[error("the framing of the body")]
    Framing,
    /// `Connection` names a field that a message cannot do without.
    #[error("the Connection field")]
    Connection,
    /// An expectation other than `100-continue`.
    #[error("the Expect field")]
    Expectation,
    /// More octets or fields than are taken.
    #[error("too large a head")]
    TooLarge,
    /// It did not come in time.
    #[error("too slow a head")]
    TooSlow,
}

impl Malformed {
    /// The status that says so.
    pub const fn status(self) -> u16 {
        match self {
            Self::Method => 405,
            Self::Version => 505,
            Self::Expectation => 417,
            Self::TooLarge => 431,
            Self::TooSlow => 408,
            _ => 400,
        }
    }
}

/// How the body is delimited (RFC 9112 §6.3).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Framing {
    /// So many octets; 0 where nothing was said.
    Length(u64),
    /// Chunks.
    Chunked,
}

/// What a head says that passed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// How the body is delimited.
    pub framing: Framing,
    /// Where the head names the site a second time, in a target in absolute form, which becomes its
    /// origin form by dropping it (RFC 9112 §3.2.2).
    pub absolute: Option<Absolute>,
}

/// The scheme and authority of a target in absolute form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absolute {
    /// Their place in the head.
    pub octets: std::ops::Range<usize>,
    /// Whether no path follows, so that `/` has to stand for it.
    pub lacks_path: bool,
}

/// Looks for the end of a head in what has arrived so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Scan {
    seen: usize,
    line_start: usize,
}

impl Scan {
    /// The length of the head once it is complete. Call again with more octets until then.
    ///
    /// # Errors
    ///
    /// [`Malformed::LineEnd`] at the first line end that is not CRLF: there may never come a right one.
    pub fn find_end(&mut self, octets: &[u8]) -> Result<Option<usize>, Malformed> {
        while let Some(offset) = octets
            .get(self.seen..)
            .and_then(|rest| memchr2(b'\r', b'\n', rest))
        {
            let at = self.seen + offset;
            match (octets.get(at), octets.get(at + 1)) {
                (Some(b'\r'), Some(b'\n')) => {}
                (Some(b'\r'), None) => {
                    self.seen = at;
                    return Ok(None);
                }
                _ => return Err(Malformed::LineEnd),
            }
            let empty_line = at == self.line_start;
            self.seen = at + 2;
            self.line_start = at + 2;
            if empty_line {
                return Ok(Some(at + 2));
            }
        }
        self.seen = octets.len();
        Ok(None)
    }
}

/// Checks a complete head, CRLF CRLF included.
///
/// # Errors
///
/// What is wrong with it.
pub fn check(head: &[u8], fields_at_most: usize) -> Result<Checked, Malformed> {
    let text = head.strip_suffix(b"\r\n\r\n").ok_or(Malformed::LineEnd)?;
    let (first, fields) = match find_crlf(text) {
        Some((first, fields)) => (first, fields),
        None => (text, &[][..]),
    };
    let line = request_line(first)?;
    let mut seen = Seen::default();
    let mut rest = fields;
    let mut count = 0;
    while !rest.is_empty() {
        let (field, tail) = find_crlf(rest).unwrap_or((rest, &[]));
        rest = tail;
        count += 1;
        if count > fields_at_most {
            return Err(Malformed::TooLarge);
        }
        seen.field(field)?;
    }
    let host = host::canonical(seen.host.ok_or(Malformed::Host)?)?;
    let absolute = match absolute(line.target) {
        None => None,
        // Two names for one site: where they differ, nobody can say whose rules hold.
        Some(parts) if host::canonical(parts.authority)? != host => return Err(Malformed::Host),
        Some(parts) => {
            let start = line.method.len() + 1;
            Some(Absolute {
                octets: start..start + parts.scheme + parts.authority.len(),
                lacks_path: parts.lacks_path,
            })
        }
    };
    Ok(Checked {
        framing: seen.framing(line.version)?,
        absolute,
    })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Version {
    Http10,
    Http11,
}

struct Line<'a> {
    method: &'a [u8],
    target: &'a [u8],
    version: Version,
}

fn request_line(line: &[u8]) -> Result<Line<'_>, Malformed> {
    let mut words = line.split(|octet| *octet == b' ');
    let (Some(method), Some(target), Some(version), None) =
        (words.next(), words.next(), words.next(), words.next())
    else {
        return Err(Malformed::RequestLine);
    };
    if !is_token(method) || method.len() > 32 {
        return Err(Malformed::RequestLine);
    }
    let version = match version {
        b"HTTP/1.1" => Version::Http11,
        b"HTTP/1.0" => Version::Http10,
        [b'H', b'T', b'T', b'P', b'/', major, b'.', minor]
            if major.is_ascii_digit() && minor.is_ascii_digit() =>
        {
            return Err(Malformed::Version);
        }
        _ => return Err(Malformed::RequestLine),
    };
    check_method(method)?;
    check_target(target)?;
    Ok(Line {
        method,
        target,
        version,
    })
}

/// Methods that are never forwarded.
pub fn check_method(method: &[u8]) -> Result<(), Malformed> {
    let refused = [&b"CONNECT"[..], b"TRACE", b"TRACK"];
    match refused.iter().any(|it| method.eq_ignore_ascii_case(it)) {
        true => Err(Malformed::Method),
        false => Ok(()),
    }
}

/// Origin form or absolute form, without fragment, space or control byte (RFC 9112 §3.2), and of octets
/// that every parser behind takes as they are: UTF-8 at least, no `<` and `>`, no backtick in a path, no `"` in a query.
pub fn check_target(target: &[u8]) -> Result<(), Malformed> {
    let mut in_path = true;
    let mut ascii = true;
    for octet in target {
        match octet {
            0..=b' ' | b'#' | 0x7F | b'<' | b'>' => return Err(Malformed::Target),
            b'`' if in_path => return Err(Malformed::Target),
            b'"' if !in_path => return Err(Malformed::Target),
            b'?' => in_path = false,
            0x80.. => ascii = false,
            _ => {}
        }
    }
    let has_form = target.starts_with(b"/") || absolute(target).is_some();
    match has_form && (ascii || std::str::from_utf8(target).is_ok()) {
        true => Ok(()),
        false => Err(Malformed::Target),
    }
}

struct AbsoluteForm<'a> {
    /// Octets of `http://` or `https://`.
    scheme: usize,
    authority: &'a [u8],
    lacks_path: bool,
}

fn absolute(target: &[u8]) -> Option<AbsoluteForm<'_>> {
    if target.starts_with(b"/") {
        return None;
    }
    ["http://", "https://"].iter().find_map(|scheme| {
        let (head, rest) = target.split_at_checked(scheme.len())?;
        if !head.eq_ignore_ascii_case(scheme.as_bytes()) {
            return None;
        }
        let end = rest.iter().position(|octet| matches!(octet, b'/' | b'?'));
        Some(AbsoluteForm {
            scheme: scheme.len(),
            authority: rest.get(..end.unwrap_or(rest.len()))?,
            lacks_path: end.is_none_or(|end| rest.get(end) == Some(&b'?')),
        })
    })
}

#[derive(Default)]
struct Seen<'a> {
    host: Option<&'a [u8]>,
    length: Option<u64>,
    chunked: bool,
}

impl<'a> Seen<'a> {
    fn field(&mut self, line: &'a [u8]) -> Result<(), Malformed> {
        let colon = memchr(b':', line).ok_or(Malformed::Field)?;
        let (name, value) = line.split_at_checked(colon).ok_or(Malformed::Field)?;
        let value = value.get(1..).unwrap_or_default();
        // All of it, without leaving early: that way the compiler looks at many octets at a time.
        let forbidden = value
            .iter()
            .fold(false, |found, octet| found | is_forbidden_in_value(*octet));
        if !is_token(name) || forbidden {
            return Err(Malformed::Field);
        }
        // By length first: most fields are none of these.
        match name.len() {
            4 if name.eq_ignore_ascii_case(b"host") => self.host(value.trim_ascii()),
            6 if name.eq_ignore_ascii_case(b"expect") => expectation(value.trim_ascii()),
            14 if name.eq_ignore_ascii_case(b"content-length") => self.length(value.trim_ascii()),
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => self.coding(value.trim_ascii()),
            _ => Ok(()),
        }
    }

    fn host(&mut self, value: &'a [u8]) -> Result<(), Malformed> {
        match self.host.replace(value) {
            Some(_) => Err(Malformed::Host),
            None => Ok(()),
        }
    }

    fn length(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let plain = (1..=19).contains(&value.len()) && value.iter().all(u8::is_ascii_digit);
        let length = std::str::from_utf8(value)
            .ok()
            .filter(|_| plain)
            .and_then(|digits| digits.parse().ok())
            .ok_or(Malformed::Framing)?;
        match self.length.replace(length) {
            Some(_) => Err(Malformed::Framing),
            None => Ok(()),
        }
    }

    fn coding(&mut self, value: &[u8]) -> Result<(), Malformed> {
        let repeated = std::mem::replace(&mut self.chunked, true);
        match !repeated && value.eq_ignore_ascii_case(b"chunked") {
            true => Ok(()),
            false => Err(Malformed::Framing),
        }
    }

    fn framing(&self, version: Version) -> Result<Framing, Malformed> {
        match (self.length, self.chunked) {
            (Some(_), true) => Err(Malformed::Framing),
            // HTTP/1.0 knows no transfer coding (RFC 9112 §6.1).
            (None, true) if version == Version::Http10 => Err(Malformed::Framing),
            (None, true) => Ok(Framing::Chunked),
            (length, false) => Ok(Framing::Length(length.unwrap_or(0))),
        }
    }
}

/// Only `100-continue` is known (RFC 9110 §10.1.1).
pub fn expectation(value: &[u8]) -> Result<(), Malformed> {
    match value.eq_ignore_ascii_case(b"100-continue") {
        true => Ok(()),
        false => Err(Malformed::Expectation),
    }
}

/// RFC 9110 §5.6.2.
pub fn is_token(name: &[u8]) -> bool {
    !name.is_empty() && name.iter().all(|octet| is_token_octet(*octet))
}

const fn is_token_octet(octet: u8) -> bool {
    octet.is_ascii_alphanumeric()
        || matches!(
            octet,
            b'!' | b'#'
                | b'$'
                | b'%'
                | b'&'
                | b'\''
                | b'*'
                | b'+'
                | b'-'
                | b'.'
                | b'^'
                | b'_'
                | b'`'
                | b'|'
                | b'~'
        )
}

/// RFC 9110 §5.5: no control byte but HTAB.
const fn is_forbidden_in_value(octet: u8) -> bool {
    octet < b' ' && octet != b'\t' || octet == 0x7F
}

fn find_crlf(text: &[u8]) -> Option<(&[u8], &[u8])> {
    // `Scan` has let nothing pass in which a CR stands alone.
    let at = memchr(b'\r', text)?;
    let (line, rest) = text.split_at_checked(at)?;
    Some((line, rest.strip_prefix(b"\r\n")?))
}

#[cfg(test)]
#[path = "head_tests.rs"]
mod tests;
