//! The mailbox of the demonstration: takes every mail by SMTP and every text message by HTTP, and shows
//! them on a page.
//!
//! The gateway sends its letters to it as to any other mail server, and its text messages as to any other
//! provider. The last 200 of both stay in memory.
//! Letters are shown as text; the HTML in them is shown only in a frame without scripts, forms
//! and links, and the page's policy allows nothing but its own style.

mod pages;
mod phones;
mod receiver;

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use mail_parser::MessageParser;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use crate::base::clock::Clock;
use crate::observe::admin::is_address_or_localhost;

/// Letters that are kept.
const KEPT: usize = 200;

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// How something arrived.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum By {
    /// As a mail.
    Mail,
    /// As a text message.
    Text,
}

/// A letter or text message that has arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// How it arrived.
    pub by: By,
    /// 1 for the first of this run.
    pub number: u64,
    /// When, in UTC: `14:02:07`.
    pub time: String,
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients, or the phone.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The letter as text.
    pub text: String,
    /// The letter as HTML, if it has that.
    pub html: Option<String>,
}

#[derive(Default)]
struct Letters {
    arrived: u64,
    newest_first: VecDeque<Received>,
}

/// Everything that has arrived.
pub struct Mailbox {
    letters: Mutex<Letters>,
    clock: Arc<dyn Clock>,
}

impl Mailbox {
    /// An empty one.
    pub fn new(clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            letters: Mutex::new(Letters::default()),
            clock,
        })
    }

    /// Takes letters by SMTP on `listener` until `shutdown` completes.
    pub async fn receive(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let take = |socket| {
            let mailbox = Arc::clone(&self);
            async move { receiver::converse(socket, &mailbox).await }
        };
        attend(listener, shutdown, take).await;
    }

    /// Takes text messages by HTTP on `listener` until `shutdown` completes.
    pub async fn receive_texts(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let take = |socket| {
            let mailbox = Arc::clone(&self);
            async move { phones::converse(socket, mailbox).await }
        };
        attend(listener, shutdown, take).await;
    }

    /// Shows the page on `listener` until `shutdown` completes.
    pub async fn show(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let show = |socket| {
            let mailbox = Arc::clone(&self);
            async move {
                let answer = |request| {
                    let answer = mailbox.answer(&request);
                    async { Ok::<_, Infallible>(answer) }
                };
                // A browser that goes away in the middle is the browser's business.
                http1::Builder::new()
                    .timer(TokioTimer::new())
                    .header_read_timeout(Duration::from_secs(30))
                    .serve_connection(TokioIo::new(socket), service_fn(answer))
                    .await
                    .ok();
            }
        };
        attend(listener, shutdown, show).await;
    }

    /// The letters, newest first.
    pub fn letters(&self) -> Vec<Received> {
        self.lock().newest_first.iter().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Letters> {
        self.letters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn keep(&self, from: &str, to: &[String], message: &[u8]) {
        let parsed = MessageParser::default().parse(message);
        let parsed = parsed.as_ref();
        let body = |body: Option<std::borrow::Cow<'_, str>>| body.map(|it| it.replace("\r\n", "\n"));
        let has_html = parsed.is_some_and(|it| it.html_bodies().any(|part| part.is_text_html()));
        self.put(Received {
            by: By::Mail,
            number: 0,
            time: String::new(),
            from: from.to_owned(),
            to: to.join(", "),
            subject: parsed.and_then(|it| it.subject()).unwrap_or_default().to_owned(),
            text: body(parsed.and_then(|it| it.body_text(0))).unwrap_or_default(),
            html: body(parsed.and_then(|it| it.body_html(0))).filter(|_| has_html),
        });
    }

    fn keep_text(&self, from: &str, to: &str, text: &str) {
        self.put(Received {
            by: By::Text,
            number: 0,
            time: String::new(),
            from: from.to_owned(),
            to: to.to_owned(),
            subject: "Text message".to_owned(),
            text: text.to_owned(),
            html: None,
        });
    }

    fn put(&self, received: Received) {
        let now = jiff::Timestamp::from_millisecond(self.clock.now().unix_millis()).unwrap_or_default();
        let mut letters = self.lock();
        letters.arrived += 1;
        let letter = Received {
            number: letters.arrived,
            time: now.strftime("%H:%M:%S").to_string(),
            ..received
        };
        letters.newest_first.push_front(letter);
        letters.newest_first.truncate(KEPT);
    }

    fn answer<B>(&self, request: &Request<B>) -> Response<Full<Bytes>> {
        // The codes in here let people in: a page elsewhere must not read them by its own name.
        if !is_address_or_localhost(request.headers()) {
            return page(StatusCode::MISDIRECTED_REQUEST, "unknown host".to_owned());
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return page(StatusCode::METHOD_NOT_ALLOWED, "only GET".to_owned());
        }
        let letters = self.letters();
        match request.uri().path() {
            "/" => page(StatusCode::OK, pages::list(&letters)),
            path => {
                let number = path.strip_prefix("/letter/").and_then(|it| it.parse().ok());
                match letters.iter().find(|it| Some(it.number) == number) {
                    Some(letter) => page(StatusCode::OK, pages::letter(letter)),
                    None => page(StatusCode::NOT_FOUND, "no such page".to_owned()),
                }
            }
        }
    }
}

fn page(status: StatusCode, html: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(html));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    headers.insert("referrer-policy", HeaderValue::from_static("no-referrer"));
    response
}

/// Accepts connections until `shutdown` completes, then drops those that are open.
async fn attend<W: Future<Output = ()> + Send + 'static>(
    listener: TcpListener,
    shutdown: impl Future<Output = ()>,
    work: impl Fn(TcpStream) -> W,
) {
    let mut connections = JoinSet::new();
    tokio::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => return,
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => {
                    connections.spawn(work(socket));
                }
                // Out of descriptors, say: a moment may free some.
                Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

#[cfg(test)]
mod tests;
