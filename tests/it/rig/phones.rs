//! All phones: a provider of text messages that keeps what it is sent, and that can fail.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt, Empty};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct Text {
    pub to: String,
    pub text: String,
    /// The whole request body.
    pub body: Value,
    /// The provider's key.
    pub key: Option<String>,
}

impl Text {
    /// The code in it, which must also stand in its last line, bound to a host.
    pub fn code(&self) -> String {
        let (line, bound) = self.text.split_once("\n\n@").unwrap();
        let code: String = line.chars().take_while(char::is_ascii_digit).collect();
        assert!(
            code.len() == 6 && bound.ends_with(&format!(" #{code}")),
            "{self:?}"
        );
        code
    }
}

/// The provider.
pub struct Phones {
    address: SocketAddr,
    texts: Arc<Mutex<Vec<Text>>>,
    status: Arc<AtomicU16>,
    _served: JoinSet<()>,
}

impl Phones {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let texts: Arc<Mutex<Vec<Text>>> = Arc::default();
        let status = Arc::new(AtomicU16::new(202));
        let mut served = JoinSet::new();
        let (kept, answer) = (Arc::clone(&texts), Arc::clone(&status));
        served.spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                let (kept, answer) = (Arc::clone(&kept), Arc::clone(&answer));
                let take = move |request| take(request, Arc::clone(&kept), answer.load(Ordering::SeqCst));
                tokio::spawn(async move {
                    let _ = http1::Builder::new()
                        .serve_connection(TokioIo::new(socket), service_fn(take))
                        .await;
                });
            }
        });
        Self {
            address,
            texts,
            status,
            _served: served,
        }
    }

    /// Where it takes messages.
    pub fn url(&self) -> String {
        format!("http://{}/send", self.address)
    }

    /// What the configuration says of it, with text messages used as `used_as`.
    pub fn config(&self, used_as: &str) -> Value {
        let methods: &[&str] = if used_as == "method" {
            &["app", "email", "sms"]
        } else {
            &["app", "email"]
        };
        json!({
            "sms": {
                "url": self.url(),
                "headers": { "X-Key": "s3cret" },
                "body": r#"{"to": "{to}", "text": "{text}", "from": "{from}"}"#,
                "from": "Por\"tal",
            },
            "second_factor": { "methods": methods, "sms": { "use": used_as } },
        })
    }

    /// Whatever it is asked from now on is answered so.
    pub fn answers(&self, status: u16) {
        self.status.store(status, Ordering::SeqCst);
    }

    pub fn texts(&self) -> Vec<Text> {
        self.texts.lock().unwrap().clone()
    }

    pub fn count(&self) -> usize {
        self.texts.lock().unwrap().len()
    }

    /// The newest message, which is to this number.
    #[track_caller]
    pub fn newest_for(&self, number: &str) -> Text {
        let newest = self.texts().pop().expect("a text message");
        assert_eq!(newest.to, number);
        newest
    }
}

async fn take(
    request: Request<Incoming>,
    texts: Arc<Mutex<Vec<Text>>>,
    status: u16,
) -> Result<Response<Empty<Bytes>>, Infallible> {
    let key = request.headers().get("x-key");
    let key = key.map(|it| it.to_str().unwrap().to_owned());
    let body = request.into_body().collect().await.unwrap().to_bytes();
    let body: Value = serde_json::from_slice(&body).expect("JSON");
    if (200..300).contains(&status) {
        let field = |name: &str| body[name].as_str().unwrap().to_owned();
        texts.lock().unwrap().push(Text {
            to: field("to"),
            text: field("text"),
            key,
            body,
        });
    }
    let mut response = Response::new(Empty::new());
    *response.status_mut() = status.try_into().unwrap();
    Ok(response)
}
