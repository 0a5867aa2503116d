//! What a client is told before anything has been understood.

use std::fmt;

use super::head::Malformed;
use crate::web::headers;

/// A refusal in full, for connections on which nothing has been understood.
///
/// The second value: whether the connection is https.
pub struct PlainRefusal(pub Malformed, pub bool);

impl fmt::Display for PlainRefusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.0.status();
        let reason = http::StatusCode::from_u16(status)
            .ok()
            .and_then(|status| status.canonical_reason())
            .unwrap_or("Bad Request");
        let body = format!("{status} {reason}\n");
        write!(out, "HTTP/1.1 {status} {reason}\r\n")?;
        let secure = self.1.then_some(headers::STRICT_TRANSPORT_SECURITY);
        for (name, value) in headers::EVERYWHERE
            .into_iter()
            .chain([headers::NO_STORE])
            .chain(secure)
        {
            write!(out, "{name}: {value}\r\n")?;
        }
        write!(
            out,
            "content-type: text/plain; charset=utf-8\r\ncontent-length: {}\r\nconnection: \
             close\r\n\r\n{body}",
            body.len()
        )
    }
}
