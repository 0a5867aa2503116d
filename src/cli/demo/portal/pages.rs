//! The sample portal's pages. Everything that came from outside goes through [`escape`].

use std::fmt::Write as _;

use http::Request;

use super::Visitor;

/// The frame around every page.
pub(super) fn shell(title: &str, visitor: &Visitor, content: &str) -> String {
    let who = match visitor.called() {
        Some(name) => format!(
            r#"<a class="who" href="/profile">{}</a><a href="/_auth/account">Your account</a><a href="/_auth/sign-out">Sign out</a>"#,
            escape(name)
        ),
        None => r#"<a href="/_auth/sign-in?next=%2F">Sign in</a>"#.to_owned(),
    };
    format!(
        r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title} – Sample portal</title>
<link rel="icon" href="data:,">
<style>{STYLE}</style>
</head>
<body>
<p class="note">This is a sample: it exists to show a portal behind the gateway.</p>
<header>
<a class="brand" href="/">Sample portal</a>
<nav aria-label="Pages">{MENU}</nav>
<nav aria-label="You" class="you">{who}</nav>
</header>
<main>
<h1>{title}</h1>
{content}
</main>
</body>
</html>
"#
    )
}

/// The first page: who the gateway says is here.
pub(super) fn home(visitor: &Visitor) -> String {
    let Some(name) = visitor.called() else {
        return "<p>Nobody is signed in, as far as this portal can tell.</p>".to_owned();
    };
    let mut rows = String::new();
    for (label, value) in [
        ("Address", &visitor.user),
        ("Name", &visitor.name),
        ("Groups", &visitor.groups),
        ("Signed in by", &visitor.method),
    ] {
        let value = value.as_deref().unwrap_or("–");
        let _ = write!(rows, "<dt>{label}</dt><dd>{}</dd>", escape(value));
    }
    format!(
        r#"<p class="lead">Hello, {}.</p>
<p>This portal has no sign-in of its own. What it knows about you came with your request, from the gateway in front of it:</p>
<dl class="card">{rows}</dl>
<p><a href="/headers">See the whole request</a></p>"#,
        escape(name)
    )
}

/// What the portal itself has to say about the visitor, and the way to everything else.
pub(super) fn profile(visitor: &Visitor) -> String {
    let name = visitor.called().unwrap_or("Nobody");
    format!(
        r#"<dl class="card"><dt>Name</dt><dd>{}</dd><dt>Department</dt><dd>Gardening</dd></dl>
<p><a class="security" href="/_auth/account">Password, sign-in and devices</a></p>"#,
        escape(name)
    )
}

/// The request as it arrived.
pub(super) fn headers<B>(request: &Request<B>) -> String {
    let mut rows = String::new();
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        let _ = write!(rows, "<tr><th>{name}</th><td>{}</td></tr>", escape(&value));
    }
    let target = request.uri().to_string();
    format!(
        r#"<p>This is what reached the portal: your browser's request without the gateway's cookies, and with the identity that the gateway vouches for.</p>
<p class="card"><code>{} {}</code></p>
<div class="wide"><table>{rows}</table></div>"#,
        escape(request.method().as_str()),
        escape(&target)
    )
}

/// What a form brought.
pub(super) fn posted(body: &[u8]) -> String {
    let mut rows = String::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        let _ = write!(rows, "<dt>{}</dt><dd>{}</dd>", escape(&name), escape(&value));
    }
    format!(
        r#"<p role="status" class="lead">Received {} octets.</p><dl class="card">{rows}</dl><p><a href="/form">Again</a></p>"#,
        body.len()
    )
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

const MENU: &str = r#"<a href="/">Home</a><a href="/news/">News</a><a href="/form">Form</a><a href="/live">Live</a><a href="/headers">Headers</a><a href="/download">Download</a><a href="/public/">Public</a><a href="/admin/">Admin</a>"#;

pub(super) const NEWS: &str = r"<p>Whoever has given the right password may read this page; the second factor is not asked for it.</p>
<article class='card'><h2>The portal got a front door</h2><p>Nothing in the portal was changed for it.</p></article>
<article class='card'><h2>Canteen</h2><p>Potato soup on Thursday.</p></article>";

pub(super) const PUBLIC: &str =
    "<p>Everybody may read this page. The gateway lets it through without asking who you are.</p>";

pub(super) const ADMIN: &str = "<p>Only members of the group <b>admins</b> get here, and only with a second factor \
                                given in the last 15 minutes.</p>";

pub(super) const NOT_FOUND: &str = "<p>The portal has no such page.</p>";

pub(super) const FORM: &str = r#"<form method="post" action="/form" class="card">
<label for="subject">Subject</label><input id="subject" name="subject" autocomplete="off">
<label for="message">Message</label><textarea id="message" name="message" rows="5"></textarea>
<button>Send</button>
</form>"#;

pub(super) const LIVE: &str = r#"<p>Both connections go through the gateway. They end when your session does.</p>
<section class="card"><h2>WebSocket echo</h2>
<form id="say"><label for="words">Say something</label><input id="words" autocomplete="off" value="Is anybody there?"><button>Send</button></form>
<p>State: <b id="socket-state">connecting</b></p><ol id="echoes"></ol></section>
<section class="card"><h2>Event stream</h2><p>State: <b id="events-state">connecting</b></p><p id="event">–</p></section>
<script>
const put = (id, text) => { document.getElementById(id).textContent = text; };
const socket = new WebSocket(location.origin.replace(/^http/, "ws") + "/ws");
socket.onopen = () => put("socket-state", "open");
socket.onclose = () => put("socket-state", "closed");
socket.onmessage = (message) => {
  const line = document.createElement("li");
  line.textContent = message.data;
  document.getElementById("echoes").append(line);
};
document.getElementById("say").addEventListener("submit", (event) => {
  event.preventDefault();
  if (socket.readyState === 1) socket.send(document.getElementById("words").value);
});
const events = new EventSource("/events");
events.onopen = () => put("events-state", "open");
events.onerror = () => put("events-state", "closed");
events.onmessage = (message) => put("event", message.data);
</script>"#;

const STYLE: &str = r"
:root{--ground:#f6f7f9;--card:#fff;--text:#1a1f29;--quiet:#566074;--line:#dde1e8;--accent:#0f766e;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#12161d;--card:#1b212b;--text:#e9edf3;--quiet:#a7b2c3;--line:#303949;--accent:#5eead4;--on:#04201d}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.6 system-ui,'Segoe UI',Roboto,'DejaVu Sans',sans-serif}
.note{margin:0;padding:.4rem 1.25rem;background:var(--accent);color:var(--on);font-size:.875rem;text-align:center}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;padding:.75rem 1.25rem;background:var(--card);border-bottom:1px solid var(--line)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem}
.you{margin-left:auto}.who{font-weight:600}
.brand{font-weight:700;font-size:1.125rem;color:var(--text);text-decoration:none}
a{color:var(--accent);text-underline-offset:.2em}
main{max-width:46rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0 1rem}h2{font-size:1.15rem;margin:0 0 .5rem}
.lead{font-size:1.2rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:.75rem;padding:1.25rem;margin:1.25rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.5rem}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
label{display:block;font-weight:600;margin:.75rem 0 .25rem}
input,textarea{width:100%;font:inherit;color:inherit;background:var(--ground);border:1px solid var(--quiet);border-radius:.5rem;padding:.6rem .75rem}
button{margin-top:1rem;font:inherit;font-weight:600;color:var(--on);background:var(--accent);border:0;border-radius:.5rem;padding:.65rem 1.25rem;min-height:2.75rem;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{text-align:left;vertical-align:top;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line)}td{overflow-wrap:anywhere;font-family:ui-monospace,'DejaVu Sans Mono',monospace}th{white-space:nowrap;color:var(--quiet);font-weight:500}
@media(max-width:36rem){tr{display:block;padding:.4rem 0;border-bottom:1px solid var(--line)}th,td{display:block;padding:0;border:0}}
";
