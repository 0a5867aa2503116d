//! The mailbox as HTML. Everything that came by mail is escaped.

use super::Received;

/// All letters, newest first. Looks for new ones by itself.
pub(super) fn list(letters: &[Received]) -> String {
    let letters: Vec<String> = letters.iter().map(entry).collect();
    let content = if letters.is_empty() {
        "<p>Nothing yet. Sign in to the portal, and the code arrives here.</p>".to_owned()
    } else {
        letters.concat()
    };
    let refresh = "<meta http-equiv=\"refresh\" content=\"3\">\n";
    let content = format!(
        "<h1>Mailbox of the demonstration</h1>\n<p>Every mail and text message that the gateway has sent, newest first. \
         The page looks for new ones every three seconds; nothing is kept.</p>\n{content}"
    );
    document(&format!("({}) Mailbox", letters.len()), refresh, &content)
}

/// One letter, its HTML in a frame that runs and follows nothing.
pub(super) fn letter(letter: &Received) -> String {
    let content = format!(
        "<p><a href=\"/\">All mails</a></p>\n<h1>{}</h1>\n<p>From {} to <b>{}</b> at {} UTC</p>\n\
         <iframe sandbox title=\"The mail\" srcdoc=\"{}\"></iframe>\n",
        escape(&letter.subject),
        escape(&letter.from),
        escape(&letter.to),
        escape(&letter.time),
        escape(letter.html.as_deref().unwrap_or_default()),
    );
    document(&escape(&letter.subject), "", &content)
}

fn entry(letter: &Received) -> String {
    let number = letter.number;
    let link = match letter.html {
        Some(_) => format!("<p><a href=\"/letter/{number}\">As it looks in a mail program</a></p>\n"),
        None => String::new(),
    };
    format!(
        "<article id=\"letter-{number}\">\n<h2>{}</h2>\n<p>To <b>{}</b> at {} UTC</p>\n<pre>{}</pre>\n{link}</article>\n",
        escape(&letter.subject),
        escape(&letter.to),
        escape(&letter.time),
        escape(&letter.text),
    )
}

/// `title` is escaped already.
fn document(title: &str, head: &str, content: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{head}<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{content}</main>\n</body>\n</html>\n"
    )
}

const STYLE: &str = "
:root { color-scheme: light dark; }
body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 44rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; }
h2 { font-size: 1.1rem; margin: 0; }
article { border: 1px solid #6b7280; border-radius: .5rem; padding: 1rem; margin: 1rem 0; }
article p { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; margin: .75rem 0; }
iframe { width: 100%; height: 70vh; border: 1px solid #6b7280; border-radius: .5rem; background: #fff; }
";

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
