//! The mailbox of the demo, spoken to as a mail server is and looked at as a browser does.

use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;
use crate::base::time::Timestamp;

struct Fixed;

impl Clock for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_unix_seconds(1_795_352_520)
    }
}

struct Rig {
    mailbox: Arc<Mailbox>,
    smtp: std::net::SocketAddr,
    page: std::net::SocketAddr,
}

async fn rig() -> Rig {
    let mailbox = Mailbox::new(Arc::new(Fixed));
    let smtp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let page = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (smtp_at, page_at) = (smtp.local_addr().unwrap(), page.local_addr().unwrap());
    tokio::spawn(Arc::clone(&mailbox).receive(smtp, std::future::pending()));
    tokio::spawn(Arc::clone(&mailbox).show(page, std::future::pending()));
    Rig {
        mailbox,
        smtp: smtp_at,
        page: page_at,
    }
}

async fn exchange(to: std::net::SocketAddr, said: &[u8]) -> String {
    let mut socket = TcpStream::connect(to).await.unwrap();
    socket.write_all(said).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    answer
}

impl Rig {
    async fn smtp(&self, said: &str) -> Vec<String> {
        let answer = exchange(self.smtp, said.as_bytes()).await;
        answer.lines().map(|line| line[..3].to_owned()).collect()
    }

    async fn get(&self, path: &str, host: &str) -> String {
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        exchange(self.page, head.as_bytes()).await
    }
}

fn mail(body: &str) -> String {
    format!(
        "EHLO gateway\r\nMAIL FROM:<a@example.com> SIZE=100\r\nRCPT TO:<b@example.com>\r\nDATA\r\n{body}\r\n.\r\nQUIT\r\n"
    )
}

#[tokio::test]
async fn a_letter_arrives_and_is_shown_newest_first() {
    let rig = rig().await;
    let told = rig
        .smtp(&mail("Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nOne"))
        .await;
    assert_eq!(
        told,
        ["220", "250", "250", "250", "250", "250", "354", "250", "221"]
    );
    rig.smtp(&mail("Subject: Second\r\n\r\n..dotted\r\n")).await;
    let letters = rig.mailbox.letters();
    assert_eq!(
        (letters[0].subject.as_str(), letters[1].subject.as_str()),
        ("Second", "Grüße")
    );
    assert_eq!(letters[0].text.trim_end(), ".dotted");
    assert_eq!(
        (letters[0].to.as_str(), letters[0].time.as_str()),
        ("b@example.com", "13:02:00")
    );
    let page = rig.get("/", "localhost:8081").await;
    assert!(
        page.find("Second").unwrap() < page.find("Grüße").unwrap(),
        "{page}"
    );
    assert!(page.contains("http-equiv=\"refresh\""));
}

#[tokio::test]
async fn a_letter_of_ours_is_shown_with_its_code_in_text_and_frame() {
    let rig = rig().await;
    let body = concat!(
        "Subject: Your code\r\nMIME-Version: 1.0\r\n",
        "Content-Type: multipart/alternative; boundary=\"x\"\r\n\r\n",
        "--x\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        "482915 is your code=2E\r\n\r\n",
        "--x\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
        "<p class=3D\"code\">482915</p><script>alert(1)</script>\r\n--x--\r\n",
    );
    rig.smtp(&mail(body)).await;
    let list = rig.get("/", "127.0.0.1:8081").await;
    assert!(list.contains("482915 is your code."), "{list}");
    assert!(list.contains("href=\"/letter/1\"") && !list.contains("<script"));
    let letter = rig.get("/letter/1", "localhost").await;
    assert!(letter.contains("<iframe sandbox title"), "{letter}");
    assert!(
        !letter.contains("<script") && !letter.contains("class=\"code\""),
        "{letter}"
    );
    assert!(letter.contains("default-src 'none'"));
}

#[tokio::test]
async fn what_is_in_a_letter_stays_text() {
    let rig = rig().await;
    rig.smtp(&mail(
        "Subject: <img src=x onerror=alert(1)>\r\n\r\n</pre><script>alert(1)</script>",
    ))
    .await;
    let page = rig.get("/", "localhost").await;
    assert!(!page.contains("<img") && !page.contains("<script"), "{page}");
    assert!(!page.contains("/letter/1"), "no HTML in it");
}

#[tokio::test]
async fn commands_out_of_order_or_out_of_bounds_are_refused() {
    let rig = rig().await;
    for (said, told) in [
        ("MAIL FROM:<a@b>\r\nQUIT\r\n", "503"),
        ("EHLO x\r\nRCPT TO:<a@b>\r\nQUIT\r\n", "503"),
        ("EHLO x\r\nMAIL FROM:<a@b>\r\nDATA\r\nQUIT\r\n", "503"),
        ("EHLO x\r\nMAIL a@b\r\nQUIT\r\n", "501"),
        ("EHLO x\r\nMAIL FROM:<a@b>\r\nRCPT TO:<>\r\nQUIT\r\n", "501"),
        ("EHLO x\r\nSTARTTLS\r\nQUIT\r\n", "502"),
        ("EHLO\r\nQUIT\r\n", "501"),
        ("NOOP\nQUIT\r\n", "500"),
        (&format!("NOOP {}\r\nQUIT\r\n", "x".repeat(2000)), "500"),
    ] {
        let answers = rig.smtp(said).await;
        assert_eq!(answers[answers.len() - 2], told, "{said:.60}");
    }
    assert!(rig.mailbox.letters().is_empty());
}

#[tokio::test]
async fn a_letter_that_is_too_long_is_refused_and_the_next_one_taken() {
    let rig = rig().await;
    let long = "x".repeat(1000) + "\r\n";
    let first = mail(&long.repeat(300)).replace("QUIT\r\n", "");
    let told = rig.smtp(&(first + &mail("Subject: next\r\n\r\n"))).await;
    assert!(told.contains(&"552".to_owned()), "{told:?}");
    assert_eq!(rig.mailbox.letters().len(), 1);
}

#[tokio::test]
async fn no_letter_hides_in_another() {
    let rig = rig().await;
    let hidden = "one\n.\nMAIL FROM:<evil@x>\nRCPT TO:<b@x>\nDATA\ntwo\r\n.\nQUIT\n\r\n.\n";
    rig.smtp(&mail(&format!("Subject: a\r\n\r\n{hidden}"))).await;
    assert_eq!(rig.mailbox.letters().len(), 1);
}

#[tokio::test]
async fn the_newest_two_hundred_are_kept() {
    let rig = rig().await;
    for number in 0..205 {
        let message = format!("Subject: {number}\r\n\r\n");
        rig.mailbox.keep("a@b", &["c@d".to_owned()], message.as_bytes());
    }
    let letters = rig.mailbox.letters();
    assert_eq!(
        (letters.len(), letters[0].number, letters[0].subject.as_str()),
        (200, 205, "204")
    );
}

#[tokio::test]
async fn only_this_machine_is_shown_the_codes() {
    let rig = rig().await;
    assert!(rig.get("/", "evil.test").await.starts_with("HTTP/1.1 421"));
    assert!(
        rig.get("/letter/7", "localhost")
            .await
            .starts_with("HTTP/1.1 404")
    );
    assert!(
        rig.get("/letter/x", "localhost")
            .await
            .starts_with("HTTP/1.1 404")
    );
    let post = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    assert!(exchange(rig.page, post).await.starts_with("HTTP/1.1 405"));
}

#[tokio::test]
async fn letters_of_the_gateway_arrive_word_for_word() {
    use crate::base::entropy::OsEntropy;
    use crate::base::language::Language;
    use crate::identity::account::EmailAddress;
    use crate::language::Catalog;
    use crate::messaging::settings::{Brand, MailSecurity, MailServer, Settings};
    use crate::messaging::smtp::Smtp;
    use crate::messaging::{Addressed, Letter, Mail, Messenger};

    let rig = rig().await;
    let settings = Settings {
        from: "no-reply@example.com".parse().unwrap(),
        reply_to: None,
        server: MailServer {
            host: "127.0.0.1".to_owned(),
            port: rig.smtp.port(),
            security: MailSecurity::Loopback,
            login: None,
        },
        helo: None,
        timeout: Duration::from_secs(10),
        sms: None,
        code_in_subject: false,
        password_reset: true,
        brand: Brand {
            name: "Prüf-Portal".to_owned(),
            ..Brand::default()
        },
        time_zone: jiff::tz::TimeZone::UTC,
    };
    let smtp = Smtp::new(settings, "/_auth", Catalog::builtin(), Arc::new(Fixed)).unwrap();
    let to = Addressed {
        address: EmailAddress::parse("anna@example.com").unwrap(),
        name: Some("Änne Berg".to_owned()),
        language: Language::parse("de").unwrap(),
    };
    let letter = Letter::Test { at: Fixed.now() };
    for _ in 0..2 {
        let mail = Mail::new(to.clone(), "http://localhost:8080", letter.clone(), &OsEntropy);
        smtp.send(&mail).await.unwrap();
    }
    let letters = rig.mailbox.letters();
    assert_eq!(letters.len(), 2);
    assert_eq!(letters[0].subject, "Prüf-Portal: Testmail (13:02)");
    assert!(
        letters[0]
            .text
            .contains("Wann: 22. November 2026, 13:02 Uhr (UTC)"),
        "{:?}",
        letters[0]
    );
    assert!(letters[0].html.as_deref().unwrap().contains("<html lang=\"de\""));
}

#[tokio::test]
async fn a_text_message_is_shown_beside_the_mails() {
    let rig = rig().await;
    let phones = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = phones.local_addr().unwrap();
    tokio::spawn(Arc::clone(&rig.mailbox).receive_texts(phones, std::future::pending()));
    let post = |body: &str| {
        let head = format!("POST / HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n");
        format!("{head}Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let taken = post("from=Portal&to=%2B41791234567&text=482915%20is%20%3Cb%3E%20code");
    let answer = exchange(at, taken.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 202"), "{answer}");
    let answer = exchange(at, post("to=1").as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let [received] = <[_; 1]>::try_from(rig.mailbox.letters()).unwrap();
    assert_eq!((received.by, received.to.as_str()), (By::Text, "+41791234567"));
    let page = rig.get("/", "localhost").await;
    assert!(
        page.contains("482915 is &lt;b&gt; code") && page.contains("+41791234567"),
        "{page}"
    );
}
