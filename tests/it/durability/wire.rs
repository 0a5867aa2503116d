//! A browser whose server may be gone at any moment: an answer that did not come whole is none.

use std::io::Cursor;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::rig::client::{Client, Page};
use crate::rig::html::Form;
use crate::rig::raw::{Answer, Raw};
use crate::rig::wait::within;

/// A browser profile at this address.
#[derive(Clone)]
pub struct Wire {
    pub client: Client,
    address: SocketAddr,
    /// How many answers have come, to whoever shares this.
    answers: watch::Sender<usize>,
}

impl Wire {
    pub fn new(origin: &str, address: SocketAddr) -> Self {
        Self {
            client: Client::new(origin, address),
            address,
            answers: watch::Sender::new(0),
        }
    }

    /// Returns once so many more answers have come.
    pub async fn answered(&self, more: usize) {
        let mut answers = self.answers.subscribe();
        let enough = *answers.borrow_and_update() + more;
        // The sender is `self`: waiting cannot fail.
        let _ = within("answers", answers.wait_for(|answers| *answers >= enough)).await;
    }

    pub async fn get(&mut self, path: &str) -> Option<Page> {
        self.send("GET", path, "").await
    }

    /// Sends a filled-in form, without following where it leads.
    pub async fn submit(&mut self, form: &Form) -> Option<Page> {
        self.send("POST", &form.action, &form.encoded()).await
    }

    pub fn session(&self) -> Option<&str> {
        self.client.jar.get("doorward")
    }

    async fn send(&mut self, method: &str, path: &str, body: &str) -> Option<Page> {
        let length = body.len().to_string();
        let mut fields = vec![("Accept", "text/html"), ("Connection", "close")];
        if method == "POST" {
            fields.push(("Content-Type", "application/x-www-form-urlencoded"));
            fields.push(("Content-Length", &length));
        }
        let request = self.client.head(method, path, &fields) + body;
        let answer = within("answer or end", exchange(self.address, &request)).await?;
        self.answers.send_modify(|answers| *answers += 1);
        self.client.jar.take(&answer);
        Some(Page {
            answer,
            path: path.to_owned(),
        })
    }
}

async fn exchange(address: SocketAddr, request: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).await.ok()?;
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut received = Vec::new();
    // A reset is an end: what came before it is there.
    let _ = stream.read_to_end(&mut received).await;
    if !is_whole(&received) {
        return None;
    }
    let replay = tokio::io::join(Cursor::new(received), tokio::io::sink());
    Some(Raw::over(replay).answer().await)
}

/// Whether an answer came to its end, by its length or its last chunk.
fn is_whole(received: &[u8]) -> bool {
    let Some(head) = received.windows(4).position(|it| it == b"\r\n\r\n") else {
        return false;
    };
    let fields = String::from_utf8_lossy(&received[..head]).to_ascii_lowercase();
    let body = &received[head + 4..];
    let length: Option<usize> = fields
        .lines()
        .find_map(|it| it.strip_prefix("content-length:"))
        .and_then(|it| it.trim().parse::<usize>().ok());
    match length {
        Some(length) => body.len() == length,
        None => fields.contains("transfer-encoding: chunked") && body.ends_with(b"0\r\n\r\n"),
    }
}
