//! Sentences with emphasis, links and times in them.
//!
//! A message is text; what stands out in it is a variable. So the words keep the order of their
//! language, a translation cannot bring in HTML, and nothing a person typed is ever markup.

use std::fmt;

use askama::filters::HtmlSafe;

use super::{Moment, foreign};
use crate::language::{Value, Words};

/// HTML that is safe to show as it stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Markup(String);

/// A value in a sentence, and how it stands out.
#[derive(Clone, Debug)]
pub enum Rich<'a> {
    /// As plain as the sentence around it.
    Plain(&'a str),
    /// In bold.
    Bold(&'a str),
    /// A number, for plural rules.
    Number(i64),
    /// A time.
    Time(&'a Moment),
    /// A time, in bold.
    BoldTime(&'a Moment),
    /// Where emphasis begins.
    BoldFrom,
    /// Where emphasis ends.
    BoldTo,
    /// Where a link begins; the address it leads to.
    LinkFrom(&'a str),
    /// Where a link ends.
    LinkTo,
}

/// Values stand in the formatted text as one character each of a private-use plane, which no
/// keyboard writes and no message holds.
const FIRST_PLACE: u32 = 0xF_0000;

impl Markup {
    /// The message `id` with its values, as HTML.
    pub fn tell(words: &Words, id: &str, values: &[(&str, Rich<'_>)]) -> Self {
        let places: Vec<(&str, Value)> = values
            .iter()
            .enumerate()
            .map(|(at, (name, value))| (*name, placed(at, value)))
            .collect();
        let mut html = String::new();
        for letter in foreign::say(words, id, &places).chars() {
            let at = u32::from(letter).checked_sub(FIRST_PLACE).map(|at| at as usize);
            match at.and_then(|at| values.get(at)) {
                Some((_, value)) => put(value, &mut html),
                None => escape(letter, &mut html),
            }
        }
        Self(html)
    }

    /// Text, as HTML.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        text.chars().for_each(|letter| escape(letter, &mut html));
        Self(html)
    }

    /// HTML made of parts that are safe already.
    pub(super) fn from_safe(html: String) -> Self {
        Self(html)
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

fn placed(at: usize, value: &Rich<'_>) -> Value {
    match value {
        Rich::Number(number) => Value::Number(*number),
        _ => {
            let place = u32::try_from(at)
                .ok()
                .and_then(|at| char::from_u32(FIRST_PLACE + at));
            Value::Text(place.map(String::from).unwrap_or_default())
        }
    }
}

fn put(value: &Rich<'_>, html: &mut String) {
    let escaped = |text: &str, html: &mut String| text.chars().for_each(|letter| escape(letter, html));
    match value {
        Rich::Plain(text) => escaped(text, html),
        Rich::Bold(text) => {
            html.push_str("<b>");
            escaped(text, html);
            html.push_str("</b>");
        }
        Rich::Number(number) => html.push_str(&number.to_string()),
        Rich::Time(moment) => html.push_str(&moment.to_string()),
        Rich::BoldTime(moment) => html.push_str(&format!("<b>{moment}</b>")),
        Rich::BoldFrom => html.push_str("<b>"),
        Rich::BoldTo => html.push_str("</b>"),
        Rich::LinkFrom(target) => {
            html.push_str("<a href=\"");
            escaped(target, html);
            html.push_str("\">");
        }
        Rich::LinkTo => html.push_str("</a>"),
    }
}

fn escape(letter: char, html: &mut String) {
    match letter {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        other => html.push(other),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::base::language::Language;
    use crate::language::Catalog;

    fn words(brand: &str) -> Words {
        Words::new(Catalog::builtin(), Language::english(), Arc::from(brand))
    }

    #[test]
    fn values_stand_out_and_the_sentence_keeps_its_order() {
        let told = Markup::tell(
            &words("Portal"),
            "code-email-sent",
            &[
                ("address", Rich::Bold("a•••@example.com")),
                ("length", Rich::Plain("10 minutes")),
            ],
        );
        assert_eq!(
            told.to_string(),
            "We sent it to <b>a•••@example.com</b>. It works for 10 minutes."
        );
    }

    #[test]
    fn nothing_typed_is_markup() {
        let told = Markup::tell(
            &words("<b>&\u{F0000}"),
            "sign-in-title",
            &[("unused", Rich::Bold("\"><script>"))],
        );
        assert_eq!(
            told.to_string(),
            "Sign in to &lt;b&gt;&amp;<b>&quot;&gt;&lt;script&gt;</b>"
        );
        assert_eq!(Markup::text("<'\">&").to_string(), "&lt;&#39;&quot;&gt;&amp;");
    }
}
