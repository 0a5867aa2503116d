//! What the log says of a request, and what it keeps to itself.

use std::sync::Mutex;
use std::sync::mpsc;
use std::time::Duration;

use super::*;
use crate::base::id::RequestId;
use crate::base::time::Timestamp;
use crate::observe::metrics::Decided;

/// 2026-11-22T13:02:00.123Z
const AT: Timestamp = Timestamp::from_unix_millis(1_795_352_520_123);

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Paper {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

fn access<'a>(request: &'a RequestId, path: &'a str) -> Access<'a> {
    Access {
        at: AT,
        request,
        method: "GET",
        host: "portal.example.com",
        path: path.as_bytes(),
        status: 200,
        decided: Decided::Forward,
        took: Duration::from_micros(1250),
    }
}

fn logged(form: Form, path: &str) -> String {
    let paper = Paper::default();
    let log = Log::of_requests(Box::new(paper.clone()), form);
    log.access(&access(&RequestId::from_bytes([0x5a; 16]), path));
    log.flush();
    paper.text()
}

#[test]
fn a_request_is_one_line_of_json() {
    assert_eq!(
        logged(Form::Json, "/reports/2026"),
        concat!(
            r#"{"timestamp":"2026-11-22T13:02:00.123Z","level":"INFO","target":"access","ref":"LJNF-UWS2","#,
            r#""method":"GET","host":"portal.example.com","path":"/reports/2026","#,
            r#""status":200,"decision":"forward","duration_ms":1.250}"#,
            "\n"
        )
    );
}

#[test]
fn a_request_is_one_line_of_text() {
    assert_eq!(
        logged(Form::Text, "/reports/2026"),
        "2026-11-22T13:02:00.123Z LJNF-UWS2 200 forward \"GET\" \"portal.example.com\" \"/reports/2026\" 1.250 ms\n"
    );
}

#[test]
fn queries_are_not_written_down() {
    for form in [Form::Json, Form::Text] {
        let line = logged(form, "/reset?token=s3cret#s3cret");
        assert!(line.contains("\"/reset\"") && !line.contains("s3cret"), "{line}");
    }
}

#[test]
fn inj_07_a_path_forges_no_line() {
    let forged = "/a\r\n{\"event\":\"sign_in.completed\"}\u{1b}[2J\u{0}\u{202e}\" 200 \"";
    for form in [Form::Json, Form::Text] {
        let line = logged(form, &format!("{forged}{}", "x".repeat(10_000)));
        assert_eq!(line.matches('\n').count(), 1, "{line}");
        assert!(!line.contains(['\r', '\u{1b}', '\0', '\u{202e}']), "{line}");
        assert!(line.len() < 900, "{}", line.len());
    }
    let line = logged(Form::Json, forged);
    let parsed: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(parsed["path"], forged);
}

#[test]
fn below_info_requests_are_not_logged() {
    let paper = Paper::default();
    let log = Log::of_requests(Box::new(paper.clone()), Form::Json);
    let request = RequestId::from_bytes([1; 16]);
    log.set_level(LogLevel::Warn);
    log.access(&access(&request, "/"));
    log.set_level(LogLevel::Info);
    log.access(&access(&request, "/told"));
    log.flush();
    assert_eq!(paper.text().lines().count(), 1);
}

/// A reader that reads only when told to.
struct Stuck(mpsc::Receiver<()>, Paper);

impl Write for Stuck {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.recv().ok();
        self.1.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_reader_that_does_not_read_holds_nobody_up_and_is_told_what_it_missed() {
    let (go, wait) = mpsc::channel();
    let paper = Paper::default();
    let log = Log::of_requests(Box::new(Stuck(wait, paper.clone())), Form::Text);
    let request = RequestId::from_bytes([1; 16]);
    let path = "x".repeat(500);
    for _ in 0..20_000 {
        log.access(&access(&request, &path));
    }
    drop(go);
    log.flush();
    let text = paper.text();
    assert!(text.len() < 6 * 1024 * 1024);
    assert!(
        text.contains("lines of the log were lost"),
        "{} octets",
        text.len()
    );
}

/// The only test that takes over the `log` of the process.
#[test]
fn inj_07_events_of_tracing_and_log_stay_one_line_each() {
    let paper = Paper::default();
    let lines = Lines::to(Box::new(paper.clone()), Form::Json);
    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> Timestamp {
            AT
        }
    }
    tracing_log::LogTracer::init().unwrap();
    for json in [true, false] {
        let layer = tracing_subscriber::fmt::layer().with_ansi(false);
        let stamp = Stamp(Arc::new(Fixed));
        let layer = if json {
            layer
                .json()
                .flatten_event(true)
                .with_timer(stamp)
                .with_writer(lines.clone())
                .boxed()
        } else {
            layer.with_timer(stamp).with_writer(lines.clone()).boxed()
        };
        let filtered = layer.with_filter(targets(LogLevel::Info));
        let subscriber = tracing_subscriber::registry().with(filtered);
        tracing::subscriber::with_default(subscriber, || {
            let name = "a\r\n{\"event\":\"forged\"}\u{1b}[2J\0";
            tracing::warn!(%name, "odd {name}");
            // What libraries say through `log`, with a target of their own.
            ::log::warn!(target: "pingora", "odd {name}");
            ::log::info!(target: "pingora", "of no use");
        });
    }
    lines.flush();
    let text = paper.text();
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(!text.contains("of no use"), "{text}");
    assert!(!text.contains(['\r', '\u{1b}', '\0']), "{text}");
    let parsed: serde_json::Value = serde_json::from_str(text.lines().next().unwrap()).unwrap();
    assert_eq!(parsed["timestamp"], "2026-11-22T13:02:00.123Z");
    assert_eq!(parsed["level"], "WARN");
}
