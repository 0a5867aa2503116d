//! HTTP/2 by the h2 crate, over TLS or in clear with prior knowledge.

use bytes::Bytes;
use h2::client::SendRequest;
use http::{HeaderMap, Method, Request};

use super::raw::{Answer, Raw};
use super::wait::within;

/// One HTTP/2 connection.
#[derive(Clone)]
pub struct H2 {
    streams: SendRequest<Bytes>,
    /// `https://portal.test`
    pub origin: String,
}

impl H2 {
    /// Speaks HTTP/2 over a connection on which it was agreed upon.
    pub async fn over(raw: Raw, origin: &str) -> Self {
        let (streams, connection) = within("HTTP/2 handshake", h2::client::handshake(raw.into_io()))
            .await
            .unwrap();
        // Ends with the last handle; what goes wrong shows in the streams.
        tokio::spawn(connection);
        Self {
            streams,
            origin: origin.to_owned(),
        }
    }

    /// Whether it takes another request: the other side has not said that it will look at none.
    pub async fn is_open(&self) -> bool {
        self.streams.clone().ready().await.is_ok()
    }

    /// One request on a stream of its own.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        fields: &HeaderMap,
        body: &[u8],
    ) -> Result<Answer, h2::Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.origin))
            .body(())
            .unwrap();
        request.headers_mut().clone_from(fields);
        within("HTTP/2 answer", self.exchange(request, body)).await
    }

    pub async fn get(&self, path: &str, fields: &HeaderMap) -> Result<Answer, h2::Error> {
        self.send(Method::GET, path, fields, b"").await
    }

    async fn exchange(&self, request: Request<()>, body: &[u8]) -> Result<Answer, h2::Error> {
        let mut streams = self.streams.clone().ready().await?;
        let (response, mut upload) = streams.send_request(request, body.is_empty())?;
        if !body.is_empty() {
            upload.send_data(Bytes::copy_from_slice(body), true)?;
        }
        let (head, mut download) = response.await?.into_parts();
        let mut received = Vec::new();
        while let Some(data) = download.data().await {
            let data = data?;
            download.flow_control().release_capacity(data.len())?;
            received.extend_from_slice(&data);
        }
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        Ok(Answer {
            status: head.status.as_u16(),
            version: "HTTP/2".to_owned(),
            headers: head
                .headers
                .iter()
                .map(|(name, value)| (name.to_string(), text(value)))
                .collect(),
            body: received,
            interim: Vec::new(),
        })
    }
}
