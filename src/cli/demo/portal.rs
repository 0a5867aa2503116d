//! A sample portal: what an application looks like that has no protection of its own.
//!
//! ```text
//! /            who the gateway says you are       /form      GET shows a form, POST shows what came
//! /news/       for whoever has a password         /headers   the request as it arrived here
//! /public/     for everybody                      /live      a page for the two below
//! /admin/      for administrators                 /ws        WebSocket echo       /events  event stream
//! /profile     the way to the account pages       /download  8 MiB                /healthz, /robots.txt
//! /api/status  JSON
//! ```
//!
//! It believes the identity headers it is sent and asks nobody for anything, which is why it must
//! be reachable through the gateway only. Deliberately a plain hyper server, HTTP/1.1 without TLS,
//! that shares nothing with the rest of the program.

mod pages;
mod streams;

use std::convert::Infallible;
use std::future::Future;
use std::io;

use bytes::Bytes;
use http::header::{ALLOW, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

/// Octets of a posted form that are read; more is refused.
const FORM_LIMIT: usize = 1024 * 1024;

/// Octets of `/download`.
const DOWNLOAD_LENGTH: usize = 8 * 1024 * 1024;

type Body = UnsyncBoxBody<Bytes, Infallible>;

/// Answers on `listener` until `shutdown` comes; then drops what is open, except WebSockets, which
/// end with the runtime.
///
/// # Errors
///
/// When the listener can accept no more.
pub async fn serve(listener: TcpListener, shutdown: impl Future<Output = ()> + Send) -> io::Result<()> {
    let mut connections = JoinSet::new();
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => return Ok(()),
            accepted = listener.accept() => {
                connections.spawn(attend(accepted?.0));
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn attend(stream: TcpStream) {
    // A small answer must not wait for the acknowledgement of the one before it.
    let _ = stream.set_nodelay(true);
    // A client that goes away in the middle is the client's business.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service_fn(answer))
        .with_upgrades()
        .await;
}

async fn answer(request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    Ok(route(request).await)
}

async fn route(request: Request<Incoming>) -> Response<Body> {
    let visitor = Visitor::read(request.headers());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    match request.uri().path() {
        "/headers" => page("Headers", &visitor, &pages::headers(&request)),
        "/form" if request.method() == Method::POST => posted_form(request, &visitor).await,
        "/ws" => streams::echo(request),
        _ if !reads => not_allowed(),
        "/" => page("Home", &visitor, &pages::home(&visitor)),
        "/form" => page("Form", &visitor, pages::FORM),
        "/live" => page("Live", &visitor, pages::LIVE),
        "/profile" => page("Profile", &visitor, &pages::profile(&visitor)),
        "/events" => streams::ticks(),
        "/download" => download(),
        "/healthz" => plain("ok\n"),
        "/robots.txt" => plain("User-agent: *\nDisallow: /\n"),
        "/api/status" => status(&visitor),
        path if path.starts_with("/news/") => page("News", &visitor, pages::NEWS),
        path if path.starts_with("/public/") => page("For everybody", &visitor, pages::PUBLIC),
        path if path.starts_with("/admin/") => page("Administration", &visitor, pages::ADMIN),
        _ => not_found(&visitor),
    }
}

/// Who the gateway says is asking. Absent headers mean that nobody is signed in.
#[derive(Default)]
struct Visitor {
    user: Option<String>,
    name: Option<String>,
    groups: Option<String>,
    method: Option<String>,
}

impl Visitor {
    fn read(headers: &HeaderMap) -> Self {
        // Names may hold letters beyond ASCII, sent as UTF-8.
        let text = |name| {
            let value: &HeaderValue = headers.get(name)?;
            Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
        };
        Self {
            user: text("remote-user"),
            name: text("remote-name"),
            groups: text("remote-groups"),
            method: text("remote-auth-method"),
        }
    }

    fn called(&self) -> Option<&str> {
        self.name.as_deref().or(self.user.as_deref())
    }
}

async fn posted_form(request: Request<Incoming>, visitor: &Visitor) -> Response<Body> {
    match Limited::new(request.into_body(), FORM_LIMIT).collect().await {
        Ok(body) => page("Form", visitor, &pages::posted(&body.to_bytes())),
        Err(_) => with_status(StatusCode::PAYLOAD_TOO_LARGE, plain("Too large.\n")),
    }
}

fn status(visitor: &Visitor) -> Response<Body> {
    let status = serde_json::json!({
        "sample": true,
        "user": visitor.user,
        "name": visitor.name,
        "groups": visitor.groups,
        "method": visitor.method,
    });
    typed("application/json", format!("{status}\n"))
}

fn download() -> Response<Body> {
    let line = b"Doorward sample portal. This line is here to fill a file.......\n";
    let content: Vec<u8> = line.iter().copied().cycle().take(DOWNLOAD_LENGTH).collect();
    let mut response = typed("application/octet-stream", content);
    response.headers_mut().insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_static("attachment; filename=\"sample.txt\""),
    );
    response
}

fn page(title: &str, visitor: &Visitor, content: &str) -> Response<Body> {
    typed("text/html; charset=utf-8", pages::shell(title, visitor, content))
}

fn plain(text: &'static str) -> Response<Body> {
    typed("text/plain; charset=utf-8", text)
}

fn not_found(visitor: &Visitor) -> Response<Body> {
    with_status(
        StatusCode::NOT_FOUND,
        page("Not found", visitor, pages::NOT_FOUND),
    )
}

fn not_allowed() -> Response<Body> {
    let mut response = with_status(StatusCode::METHOD_NOT_ALLOWED, plain("Only GET here.\n"));
    response
        .headers_mut()
        .insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
    response
}

fn with_status(status: StatusCode, mut response: Response<Body>) -> Response<Body> {
    *response.status_mut() = status;
    response
}

fn typed(kind: &'static str, content: impl Into<Bytes>) -> Response<Body> {
    let content = content.into();
    let length = HeaderValue::from(content.len());
    let mut response = Response::new(Full::new(content).boxed_unsync());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CONTENT_LENGTH, length);
    response
}
