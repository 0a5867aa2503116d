//! The admin listener: `/livez`, `/readyz`, `/metrics`, and nothing else.
//!
//! Never on the public port. On loopback it needs no token; elsewhere the configuration demands one.
//! A name in `Host` that is not an address or `localhost` is refused, so that a page in somebody's browser
//! cannot read it by pointing its own name here (DNS rebinding); who knows the token may use any
//! name. Each connection answers one request and has ten seconds.

use std::convert::Infallible;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HOST, HeaderValue, WWW_AUTHENTICATE};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::Full;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;

use super::health::Health;
use super::metrics::{self, Metrics};
use crate::base::secret::Secret;

/// Connections at a time; further ones wait.
const CONNECTIONS: usize = 32;
/// For one connection, from its beginning to its end.
const DEADLINE: Duration = Duration::from_secs(10);
/// Octets of the longest request head.
const MAX_HEAD: usize = 8 * 1024;

/// What the listener shows, and to whom.
pub struct Admin {
    /// Counters.
    pub metrics: Arc<Metrics>,
    /// How the parts are.
    pub health: Arc<Health>,
    /// Asked for as `Authorization: Bearer …` where there is one.
    pub token: Option<Secret<String>>,
}

impl Admin {
    /// Answers on `listener` until `shutdown` completes. Connections that are open then end by themselves.
    pub async fn serve(self: Arc<Self>, listener: TcpListener, shutdown: impl Future<Output = ()>) {
        let room = Arc::new(Semaphore::new(CONNECTIONS));
        tokio::pin!(shutdown);
        loop {
            let seat = tokio::select! {
                () = &mut shutdown => return,
                seat = Arc::clone(&room).acquire_owned() => seat,
            };
            let accepted = tokio::select! {
                () = &mut shutdown => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((socket, _)) => {
                    let admin = Arc::clone(&self);
                    tokio::spawn(async move {
                        admin.converse(socket).await;
                        drop(seat);
                    });
                }
                // Out of descriptors, say: others hold them, and a moment may free some.
                Err(error) => {
                    tracing::warn!(%error, "the admin listener cannot accept a connection");
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            }
        }
    }

    async fn converse(&self, socket: TcpStream) {
        let service = service_fn(|request| async move { Ok::<_, Infallible>(self.answer(&request)) });
        let connection = http1::Builder::new()
            .keep_alive(false)
            .max_buf_size(MAX_HEAD)
            .timer(TokioTimer::new())
            .header_read_timeout(Duration::from_secs(5))
            .serve_connection(TokioIo::new(socket), service);
        // Whoever breaks off or dawdles gets no answer, and that is all.
        tokio::time::timeout(DEADLINE, connection).await.ok();
    }

    fn answer<B>(&self, request: &Request<B>) -> Response<Full<Bytes>> {
        let bearer = self.bearer(request);
        if !(bearer == Bearer::Right || is_address_or_localhost(request.headers())) {
            return plain(StatusCode::MISDIRECTED_REQUEST, "unknown host\n");
        }
        if bearer == Bearer::Wrong {
            let mut refusal = plain(StatusCode::UNAUTHORIZED, "a token is needed\n");
            refusal
                .headers_mut()
                .insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            return refusal;
        }
        if request.method() != Method::GET && request.method() != Method::HEAD {
            return plain(StatusCode::METHOD_NOT_ALLOWED, "only GET\n");
        }
        match request.uri().path() {
            "/livez" => typed(
                StatusCode::OK,
                "application/json",
                r#"{"status":"ok"}"#.to_owned(),
            ),
            "/readyz" => {
                self.health.asked(Instant::now());
                let report = self.health.look();
                let status = if report.is_ready() {
                    StatusCode::OK
                } else {
                    StatusCode::SERVICE_UNAVAILABLE
                };
                typed(status, "application/json", report.json())
            }
            "/metrics" => typed(StatusCode::OK, metrics::CONTENT_TYPE, self.metrics.text()),
            _ => plain(StatusCode::NOT_FOUND, "not found\n"),
        }
    }

    fn bearer<B>(&self, request: &Request<B>) -> Bearer {
        let Some(token) = &self.token else {
            return Bearer::NotNeeded;
        };
        let shown = request
            .headers()
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.split_once(' '))
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
            .map_or("", |(_, shown)| shown.trim());
        // Digests are of one length, so that the comparison tells nothing about the token's.
        let digest = |text: &str| Sha256::digest(text.as_bytes());
        if bool::from(digest(shown).ct_eq(&digest(token.expose()))) {
            Bearer::Right
        } else {
            Bearer::Wrong
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Bearer {
    NotNeeded,
    Right,
    Wrong,
}

/// Whether a request names its host by address or as `localhost`, so that no name of somebody else's can be
/// behind it.
pub fn is_address_or_localhost(headers: &HeaderMap) -> bool {
    let mut hosts = headers.get_all(HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let Ok(authority) = http::uri::Authority::try_from(host.as_bytes()) else {
        return false;
    };
    if authority.as_str().contains('@') {
        return false;
    }
    let name = authority.host();
    let address = name
        .strip_prefix('[')
        .and_then(|it| it.strip_suffix(']'))
        .unwrap_or(name);
    name.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok()
}

fn plain(status: StatusCode, text: &'static str) -> Response<Full<Bytes>> {
    typed(status, "text/plain; charset=utf-8", text.to_owned())
}

fn typed(status: StatusCode, kind: &'static str, body: String) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert("x-content-type-options", HeaderValue::from_static("nosniff"));
    response
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::sync::oneshot;

    use super::*;
    use crate::observe::health::{Part, State};

    struct Rig {
        admin: Arc<Admin>,
        address: std::net::SocketAddr,
        stop: oneshot::Sender<()>,
        task: tokio::task::JoinHandle<()>,
    }

    async fn rig(token: Option<&str>) -> Rig {
        let admin = Arc::new(Admin {
            metrics: Arc::new(Metrics::new("0")),
            health: Arc::new(Health::default()),
            token: token.map(|it| Secret::new(it.to_owned())),
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = Arc::clone(&admin);
        let task = tokio::spawn(async move {
            serving
                .serve(listener, async {
                    stopped.await.ok();
                })
                .await;
        });
        Rig {
            admin,
            address,
            stop,
            task,
        }
    }

    impl Rig {
        async fn send(&self, head: &str) -> String {
            let mut socket = TcpStream::connect(self.address).await.unwrap();
            socket.write_all(head.as_bytes()).await.unwrap();
            let mut answer = String::new();
            socket.read_to_string(&mut answer).await.unwrap();
            answer
        }

        async fn get(&self, path: &str, host: &str, more: &str) -> String {
            self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{more}\r\n"))
                .await
        }
    }

    fn status(answer: &str) -> u16 {
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    #[tokio::test]
    async fn it_tells_life_readiness_and_metrics_and_nothing_else() {
        let rig = rig(None).await;
        assert_eq!(status(&rig.get("/livez", "localhost:9180", "").await), 200);
        let metrics = rig.get("/metrics", "127.0.0.1:9180", "").await;
        assert!(
            metrics.contains("openmetrics-text") && metrics.ends_with("# EOF\n"),
            "{metrics}"
        );
        assert_eq!(status(&rig.get("/readyz", "[::1]:9180", "").await), 200);
        rig.admin.health.report(Part::Store, State::Failing);
        let answer = rig.get("/readyz?verbose", "localhost", "").await;
        assert_eq!(status(&answer), 503);
        assert!(answer.contains(r#""store":"failing""#), "{answer}");
        for path in [
            "/",
            "/metrics/",
            "/debug",
            "/livez/..",
            "//metrics",
            "/_auth/sign-in",
        ] {
            assert_eq!(status(&rig.get(path, "localhost", "").await), 404, "{path}");
        }
        let post = "POST /livez HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(status(&rig.send(post).await), 405);
    }

    #[tokio::test]
    async fn a_foreign_host_is_refused() {
        let rig = rig(None).await;
        for host in [
            "evil.test",
            "localhost.evil.test",
            "127.0.0.1.evil.test",
            "a@localhost:b",
            "",
        ] {
            let answer = rig.get("/metrics", host, "").await;
            assert!([421, 400].contains(&status(&answer)), "{host}: {answer}");
        }
        let twice = rig.get("/metrics", "localhost", "Host: evil.test\r\n").await;
        assert!([421, 400].contains(&status(&twice)), "{twice}");
        assert_eq!(status(&rig.send("GET /metrics HTTP/1.0\r\n\r\n").await), 421);
    }

    #[tokio::test]
    async fn where_there_is_a_token_it_is_asked_for() {
        let rig = rig(Some("open sesame")).await;
        let host = "gateway.internal:9180";
        for (host, shown) in [("localhost", ""), ("localhost", "Authorization: Bearer open\r\n")] {
            let answer = rig.get("/metrics", host, shown).await;
            assert_eq!(status(&answer), 401, "{answer}");
            assert!(!answer.contains("doorward_"));
        }
        let right = "Authorization: bearer open sesame\r\n";
        assert_eq!(status(&rig.get("/metrics", "localhost", right).await), 200);
        assert_eq!(status(&rig.get("/livez", host, right).await), 200);
        assert_eq!(status(&rig.get("/livez", host, "").await), 421);
    }

    #[tokio::test]
    async fn a_connection_is_good_for_one_request_and_a_small_head() {
        let rig = rig(None).await;
        let one = "GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n";
        let answers = rig.send(&one.repeat(2)).await;
        assert_eq!(answers.matches("HTTP/1.1 200").count(), 1, "{answers}");
        let long = format!("X: {}\r\n", "x".repeat(MAX_HEAD));
        assert_eq!(status(&rig.get("/livez", "localhost", &long).await), 431);
    }

    #[tokio::test]
    async fn it_stops_when_told() {
        let rig = rig(None).await;
        rig.stop.send(()).unwrap();
        rig.task.await.unwrap();
        assert!(TcpStream::connect(rig.address).await.is_err());
    }
}
