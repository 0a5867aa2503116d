//! What stays open: the WebSocket echo (RFC 6455) and the event stream (HTML, "Server-sent events").

use std::convert::Infallible;
use std::time::Duration;

use bytes::Bytes;
use futures_util::{SinkExt as _, StreamExt as _, stream};
use http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_TYPE, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, UPGRADE,
};
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};

use super::{Body, plain, with_status};

/// Octets of the largest message that is echoed.
const MESSAGE_LIMIT: usize = 64 * 1024;

/// Sends every message back as it came, until either side closes.
pub(super) fn echo(mut request: Request<Incoming>) -> Response<Body> {
    let Some(accept) = accept_key(&request) else {
        return with_status(StatusCode::UPGRADE_REQUIRED, plain("This is a WebSocket.\n"));
    };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(upgraded) = upgrade.await else { return };
        let config = WebSocketConfig::default()
            .max_message_size(Some(MESSAGE_LIMIT))
            .max_frame_size(Some(MESSAGE_LIMIT));
        let stream = TokioIo::new(upgraded);
        let mut socket = WebSocketStream::from_raw_socket(stream, Role::Server, Some(config)).await;
        while let Some(Ok(message)) = socket.next().await {
            let is_data = message.is_text() || message.is_binary();
            if is_data && socket.send(message).await.is_err() {
                return;
            }
        }
    });
    let mut response = with_status(StatusCode::SWITCHING_PROTOCOLS, Response::new(Body::default()));
    let headers = response.headers_mut();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(SEC_WEBSOCKET_ACCEPT, accept);
    response
}

fn accept_key(request: &Request<Incoming>) -> Option<HeaderValue> {
    let asks = request.method() == Method::GET && names_websocket(request.headers());
    let key = request.headers().get(SEC_WEBSOCKET_KEY).filter(|_| asks)?;
    HeaderValue::try_from(derive_accept_key(key.as_bytes())).ok()
}

fn names_websocket(headers: &HeaderMap) -> bool {
    headers
        .get(UPGRADE)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"websocket"))
}

/// One event at once and then one a second, for as long as somebody listens.
pub(super) fn ticks() -> Response<Body> {
    let interval = tokio::time::interval(Duration::from_secs(1));
    let events = stream::unfold((interval, 1_u64), |(mut interval, count)| async move {
        interval.tick().await;
        let event = Bytes::from(format!("id: {count}\ndata: tick {count}\n\n"));
        Some((Ok::<_, Infallible>(Frame::data(event)), (interval, count + 1)))
    });
    let mut response = Response::new(StreamBody::new(events).boxed_unsync());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
