//! Somebody at the door: a browser from some address that types names, passwords and codes.

use std::future::Future;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use doorward::identity::account::Password;
use doorward::identity::password::{self, Typed};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::AbortHandle;

use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::raw::Answer;

pub const ALICE: &str = "alice@example.com";
pub const BOB: &str = "bob@example.com";
pub const WRONG: &str = "a wrong password for tests";

pub const SIGN_IN: &str = "/_auth/sign-in";

/// A new browser profile that comes from `address`.
pub fn from(rig: &Rig, address: &str) -> Client {
    let mut client = rig.client();
    client.forwarded_for = Some(address.to_owned());
    client
}

/// Opens the sign-in page and sends name and password; the answer, not followed.
pub async fn type_password(client: &mut Client, name: &str, password: &str) -> Page {
    let page = client.get(SIGN_IN).await.expect("sign-in");
    let form = page.form(SIGN_IN).set("username", name).set("password", password);
    client.submit(&page, &form).await
}

/// The same with the right password, and on to the page that follows.
pub async fn pass(client: &mut Client, name: &str) -> Page {
    let answer = type_password(client, name, PASSWORD).await;
    assert_eq!(
        answer.status,
        303,
        "the right password of {name}: {}",
        answer.html().words()
    );
    client.follow(answer).await
}

/// In either language.
fn is_sign_in_code(subject: &str) -> bool {
    ["sign-in code", "Anmeldecode"]
        .iter()
        .any(|word| subject.contains(word))
}

/// The code of the newest letter after the first `seen` that carries one.
pub async fn mailed_code(rig: &Rig, to: &str, seen: usize) -> String {
    crate::rig::wait::eventually(&format!("a code for {to} after letter {seen}"), || {
        let mails = rig.smtp.mails().into_iter();
        let found = mails
            .rev()
            .find(|it| it.number > seen && it.to == to && is_sign_in_code(&it.subject));
        std::future::ready(found)
    })
    .await
    .code()
}

/// Another code than `code`.
pub fn another(code: &str) -> String {
    let number: u32 = code.parse().unwrap();
    format!("{:06}", (number + 1) % 1_000_000)
}

/// The token that the page's forms carry.
pub fn token(page: &Page) -> String {
    let forms = page.html().forms();
    let token = forms.iter().find_map(|it| it.value("csrf"));
    token
        .unwrap_or_else(|| panic!("no form with a token on {}", page.path))
        .to_owned()
}

/// A form's body from names and values.
pub fn body(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

/// Every octet that is not a letter or a digit, escaped.
pub fn escaped(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// Status, header lines and body, without what has to differ: the form's token, the reference of the
/// request, the name that was typed, the value of a cookie.
pub fn masked(answer: &Answer, typed: &str) -> (u16, Vec<(String, String)>, String) {
    let mut headers: Vec<(String, String)> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_ascii_lowercase(), value.clone()))
        .filter(|(name, _)| name != "date")
        .collect();
    for (name, value) in &mut headers {
        if name == "set-cookie" {
            *value = value.split(['=', ';']).next().unwrap_or_default().to_owned();
        }
    }
    let body = answer.text().replace(typed, "NAME");
    let body = blanked(&body, "name=\"csrf\" value=\"", '"');
    let body = blanked(&body, "<span translate=\"no\" dir=\"ltr\">", '<');
    (answer.status, headers, body)
}

fn blanked(text: &str, before: &str, end: char) -> String {
    let mut parts = text.split(before);
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.find(end).map_or("", |at| &part[at..]);
        whole.push_str(before);
        whole.push_str(rest);
    }
    whole
}

/// Replaces the password of an account that is about to be added.
pub fn with_password(
    rig: &Rig,
    password: &str,
) -> impl FnOnce(&mut doorward::identity::account::Account) + use<> {
    let (cost, now) = (rig.app.desk.rules.load().passwords.hash, rig.now());
    let hash = password::hash(&Typed::new(password).unwrap(), cost, &rig.entropy).unwrap();
    move |account| account.password = Some(Password { hash, changed: now })
}

/// Rows of every table, from the database file itself.
pub fn rows(rig: &Rig) -> Vec<(String, i64)> {
    let path = rig.place.folder.path().join("state/doorward.db");
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let database = rusqlite::Connection::open_with_flags(path, flags).unwrap();
    let mut names = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .unwrap();
    let names: Vec<String> = names
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let count = |name: &String| {
        database
            .query_row(&format!("SELECT count(*) FROM {name}"), [], |row| row.get(0))
            .unwrap()
    };
    names.iter().map(|name| (name.clone(), count(name))).collect()
}

/// How long `what` takes.
pub async fn timed<T>(what: impl Future<Output = T>) -> (Duration, T) {
    let begun = Instant::now();
    let value = what.await;
    (begun.elapsed(), value)
}

pub fn median(samples: &[Duration]) -> Duration {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    sorted[sorted.len() / 2]
}

/// Whether two medians are one as far as anybody could use the difference: less than 5 ms or 3 % apart.
pub fn alike(one: Duration, other: Duration) -> bool {
    one.abs_diff(other) < Duration::from_millis(5).max(one.max(other).mul_f64(0.03))
}

/// A door to the gateway through which connections come from another address of this machine.
pub struct Elsewhere {
    pub address: SocketAddr,
    accepting: AbortHandle,
}

impl Elsewhere {
    /// Everything that comes to its address goes to `gateway`, from `source` (`127.0.0.2`, say).
    pub async fn open(gateway: SocketAddr, source: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let source: SocketAddr = format!("{source}:0").parse().unwrap();
        let relay = async move {
            loop {
                let (mut near, _) = listener.accept().await.unwrap();
                tokio::spawn(async move {
                    let socket = TcpSocket::new_v4().unwrap();
                    socket.bind(source).unwrap();
                    let mut far = socket.connect(gateway).await.unwrap();
                    // Either side may end it as it likes.
                    let _ = copy_bidirectional(&mut near, &mut far).await;
                });
            }
        };
        Self {
            address,
            accepting: tokio::spawn(relay).abort_handle(),
        }
    }

    /// A new browser profile that comes through this door.
    pub fn client(&self, rig: &Rig) -> Client {
        let client = Client::new(&rig.place.origin, self.address);
        match &rig.tls {
            Some(tls) => client.trusting(tls.authority.trust()),
            None => client,
        }
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
