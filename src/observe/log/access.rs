//! The line of one request.

use std::fmt;
use std::io::Write as _;
use std::time::Duration;

use super::Form;
use super::escape::quoted;
use crate::base::id::RequestId;
use crate::base::time::Timestamp;
use crate::observe::metrics::Decided;

/// What is told of one request. Text from outside may be given as it came.
#[derive(Clone, Copy, Debug)]
pub struct Access<'a> {
    /// When it came.
    pub at: Timestamp,
    /// Its id; pages show the short form.
    pub request: &'a RequestId,
    /// Its method.
    pub method: &'a str,
    /// The host it was for.
    pub host: &'a str,
    /// Its target; what follows a `?` is not written down.
    pub path: &'a [u8],
    /// The status of the answer; 0 where the connection ended without one.
    pub status: u16,
    /// What became of it.
    pub decided: Decided,
    /// From its head to the end of the answer.
    pub took: Duration,
}

/// Octets of a path that are written down.
const MAX_PATH: usize = 512;

impl Access<'_> {
    pub(super) fn write(&self, form: Form, line: &mut Vec<u8>) {
        match form {
            Form::Json => self.write_json(line),
            Form::Text => self.write_text(line),
        }
        line.push(b'\n');
    }

    fn path(&self) -> &[u8] {
        let end = self.path.iter().position(|octet| matches!(octet, b'?' | b'#'));
        end.and_then(|end| self.path.get(..end)).unwrap_or(self.path)
    }

    fn write_json(&self, line: &mut Vec<u8>) {
        // Writing into a Vec does not fail.
        line.extend_from_slice(br#"{"timestamp":""#);
        stamp(self.at, &mut Text(line)).ok();
        write!(
            line,
            r#"","level":"INFO","target":"access","ref":"{}","method":"#,
            self.request.short()
        )
        .ok();
        quoted(self.method.as_bytes(), 32, line);
        line.extend_from_slice(br#","host":"#);
        quoted(self.host.as_bytes(), 255, line);
        line.extend_from_slice(br#","path":"#);
        quoted(self.path(), MAX_PATH, line);
        write!(
            line,
            r#","status":{},"decision":"{}","duration_ms":{:.3}}}"#,
            self.status,
            self.decided.word(),
            self.took.as_secs_f64() * 1000.0
        )
        .ok();
    }

    fn write_text(&self, line: &mut Vec<u8>) {
        stamp(self.at, &mut Text(line)).ok();
        write!(
            line,
            " {} {} {} ",
            self.request.short(),
            self.status,
            self.decided.word()
        )
        .ok();
        quoted(self.method.as_bytes(), 32, line);
        line.push(b' ');
        quoted(self.host.as_bytes(), 255, line);
        line.push(b' ');
        quoted(self.path(), MAX_PATH, line);
        write!(line, " {:.3} ms", self.took.as_secs_f64() * 1000.0).ok();
    }
}

/// Writes `2026-11-22T13:02:00.123Z`.
pub(super) fn stamp(at: Timestamp, out: &mut impl fmt::Write) -> fmt::Result {
    let at = jiff::Timestamp::from_millisecond(at.unix_millis()).unwrap_or_default();
    write!(out, "{at:.3}")
}

/// A buffer of octets, for what writes text.
struct Text<'a>(&'a mut Vec<u8>);

impl fmt::Write for Text<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
