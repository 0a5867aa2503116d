//! Against a provider on a real socket, with and without TLS.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Mutex;

use http::Response;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::super::text_message::samples;
use super::*;

/// What the provider does with the next request.
#[derive(Clone, Copy)]
enum Act {
    Answer(u16),
    HangUp,
    KeepSilent,
}

/// A request as it arrived.
struct Arrived {
    head: http::request::Parts,
    body: String,
}

#[derive(Default)]
struct Desk {
    acts: Mutex<VecDeque<Act>>,
    arrived: Mutex<Vec<Arrived>>,
}

struct Shop {
    desk: Arc<Desk>,
    address: SocketAddr,
    roots: Vec<CertificateDer<'static>>,
    _tasks: JoinSet<()>,
}

impl Shop {
    async fn open(acts: &[Act], tls: Option<&[&str]>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let desk = Arc::new(Desk::default());
        desk.acts.lock().unwrap().extend(acts);
        let (acceptor, roots) = match tls {
            Some(names) => {
                let (acceptor, root) = certified(names);
                (Some(acceptor), vec![root])
            }
            None => (None, Vec::new()),
        };
        let mut tasks = JoinSet::new();
        let at = Arc::clone(&desk);
        tasks.spawn(async move {
            loop {
                let (socket, _) = listener.accept().await.unwrap();
                match &acceptor {
                    None => serve(socket, &at).await,
                    Some(acceptor) => match acceptor.accept(socket).await {
                        Ok(stream) => serve(stream, &at).await,
                        Err(_) => continue,
                    },
                }
            }
        });
        Self {
            desk,
            address,
            roots,
            _tasks: tasks,
        }
    }

    fn sms(&self, change: impl FnOnce(&mut Provider)) -> Sms {
        let scheme = if self.roots.is_empty() { "http" } else { "https" };
        let url = format!("{scheme}://{}/v1/messages?from={{from}}", self.address);
        let mut provider = Provider {
            url: Template::read(&url, Escaping::Percent).unwrap(),
            method: Method::POST,
            headers: vec![(HeaderName::from_static("x-key"), Secret::new("s3cret".to_owned()))],
            body: Some(Template::read(r#"{"to":"{to}","text":"{text}"}"#, Escaping::Json).unwrap()),
            content_type: "application/json".to_owned(),
            from: Some("A&B \"x\"\r\nX-Evil: 1".to_owned()),
        };
        change(&mut provider);
        Sms::trusting(&self.roots, provider, "Example Portal", Catalog::builtin())
            .unwrap()
            .waiting_at_most(Duration::from_millis(700))
    }

    fn arrived(&self) -> Vec<Arrived> {
        std::mem::take(&mut *self.desk.arrived.lock().unwrap())
    }
}

fn certified(names: &[&str]) -> (TlsAcceptor, CertificateDer<'static>) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let issuer = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let key = KeyPair::generate().unwrap();
    let names: Vec<String> = names.iter().map(|it| (*it).to_owned()).collect();
    let certificate = CertificateParams::new(names)
        .unwrap()
        .signed_by(&key, &issuer)
        .unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key.into())
        .unwrap();
    (TlsAcceptor::from(Arc::new(config)), issuer.der().clone())
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(mut stream: S, desk: &Arc<Desk>) {
    let act = desk.acts.lock().unwrap().pop_front().unwrap_or(Act::Answer(202));
    let status = match act {
        Act::Answer(status) => status,
        Act::HangUp => {
            let mut some = [0; 64];
            let _ = stream.read(&mut some).await;
            return;
        }
        Act::KeepSilent => {
            tokio::spawn(async move {
                let mut all = Vec::new();
                let _ = stream.read_to_end(&mut all).await;
            });
            return;
        }
    };
    let take = |request: Request<Incoming>| {
        let desk = Arc::clone(desk);
        async move {
            let (head, body) = request.into_parts();
            let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
            desk.arrived.lock().unwrap().push(Arrived { head, body });
            let answer = Response::builder()
                .status(status)
                .header("location", "http://127.0.0.1:1/elsewhere")
                .body(Full::new(Bytes::from_static(b"{\"error\": \"whatever\"}")));
            Ok::<_, Infallible>(answer.unwrap())
        }
    };
    let _ = hyper::server::conn::http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service_fn(take))
        .await;
}

fn message() -> TextMessage {
    samples::all("en").swap_remove(0)
}

#[tokio::test]
async fn one_request_for_each_message_over_verified_tls() {
    let shop = Shop::open(&[], Some(&["127.0.0.1"])).await;
    shop.sms(|_| ()).send(&message()).await.unwrap();
    let [arrived] = <[_; 1]>::try_from(shop.arrived()).ok().unwrap();
    assert_eq!(arrived.head.method, Method::POST);
    assert_eq!(
        arrived.head.uri, "/v1/messages?from=A%26B%20%22x%22%0D%0AX-Evil%3A%201",
        "INJ-09: what looks like a header stays in the address"
    );
    assert!(!arrived.head.headers.contains_key("x-evil"));
    assert_eq!(arrived.head.headers["x-key"], "s3cret");
    assert_eq!(arrived.head.headers["content-type"], "application/json");
    assert_eq!(arrived.head.headers["host"], shop.address.to_string());
    let body: serde_json::Value = serde_json::from_str(&arrived.body).unwrap();
    assert_eq!(body["to"], "+41791234567");
    let text = "482915 is your Example Portal code. Never share it.\n\n@portal.example.com #482915";
    assert_eq!(body["text"], text);
}

#[tokio::test]
async fn a_form_and_an_address_alone_will_do() {
    let shop = Shop::open(&[], None).await;
    let form = shop.sms(|provider| {
        provider.body = Some(Template::read("To={to}&Body={text}", Escaping::Percent).unwrap());
        provider.content_type = "application/x-www-form-urlencoded".to_owned();
    });
    form.send(&message()).await.unwrap();
    let address = shop.address;
    let query = shop.sms(|provider| {
        let url = format!("http://{address}/send?to={{to}}&text={{text}}");
        provider.url = Template::read(&url, Escaping::Percent).unwrap();
        provider.method = Method::GET;
        provider.body = None;
    });
    query.send(&message()).await.unwrap();
    let [form, query] = <[_; 2]>::try_from(shop.arrived()).ok().unwrap();
    assert!(
        form.body
            .starts_with("To=%2B41791234567&Body=482915%20is%20your%20"),
        "{}",
        form.body
    );
    assert!(
        form.body.ends_with("%0A%0A%40portal.example.com%20%23482915"),
        "{}",
        form.body
    );
    assert!(
        query
            .head
            .uri
            .query()
            .unwrap()
            .starts_with("to=%2B41791234567&text=482915%20is")
    );
    assert_eq!((query.body.as_str(), query.head.method), ("", Method::GET));
    assert!(!query.head.headers.contains_key("content-type"));
}

#[tokio::test]
async fn a_certificate_for_somebody_else_gets_no_code() {
    let shop = Shop::open(&[], Some(&["sms.example.com"])).await;
    let refused = shop.sms(|_| ()).send(&message()).await;
    assert!(matches!(refused, Err(TextError::Tls(_))), "{refused:?}");
    let other = Shop::open(&[], Some(&["127.0.0.1"])).await;
    let mut unknown = shop.sms(|_| ());
    let url = format!("https://{}/", other.address);
    unknown.provider.url = Template::read(&url, Escaping::Percent).unwrap();
    let refused = unknown.send(&message()).await;
    assert!(matches!(refused, Err(TextError::Tls(_))), "{refused:?}");
    assert!(shop.arrived().is_empty() && other.arrived().is_empty());
}

#[tokio::test]
async fn what_was_not_taken_is_sent_once_more_and_no_more() {
    for first in [Act::Answer(503), Act::HangUp] {
        let shop = Shop::open(&[first], None).await;
        shop.sms(|_| ()).send(&message()).await.unwrap();
        let texts = shop.arrived();
        assert!(!texts.is_empty());
    }
    let shop = Shop::open(&[Act::Answer(500), Act::Answer(502), Act::Answer(200)], None).await;
    let failed = shop.sms(|_| ()).send(&message()).await;
    assert_eq!(failed, Err(TextError::Refused(502)));
    assert_eq!(shop.arrived().len(), 2);
}

#[tokio::test]
async fn a_refusal_a_redirect_and_a_silence_are_not_sent_again() {
    for status in [400, 401, 302, 307, 429] {
        let shop = Shop::open(&[Act::Answer(status)], None).await;
        let failed = shop.sms(|_| ()).send(&message()).await;
        assert_eq!(failed, Err(TextError::Refused(status)));
        assert_eq!(shop.arrived().len(), 1, "{status}");
    }
    let shop = Shop::open(&[Act::KeepSilent], None).await;
    let failed = shop.sms(|_| ()).send(&message()).await;
    assert_eq!(failed, Err(TextError::Timeout(0)));
    assert!(failed.unwrap_err().may_have_gone());
    assert!(shop.arrived().is_empty(), "the second would have been answered");
}

#[tokio::test]
async fn nobody_there_is_said_to_be_so() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let shop = Shop::open(&[], None).await;
    let mut sms = shop.sms(|_| ());
    sms.provider.url = Template::read(&format!("http://{address}/"), Escaping::Percent).unwrap();
    let failed = sms.send(&message()).await;
    assert!(matches!(failed, Err(TextError::Connect(_))), "{failed:?}");
    assert!(!format!("{:?}", sms.provider).contains("s3cret"));
}
