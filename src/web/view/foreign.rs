//! Words of another language in a page: where a translation lacks a message, what stands in for it
//! says which language it is (WCAG 2.2 §3.1.2), so that it is read out as such.
//!
//! ```text
//! Shell::say ── ⟦en⟧Save⟦/⟧ ──▶ template ──▶ settle ── text: <span lang="en">Save</span>
//!                                                   └─ attribute, title: Save
//! ```
//!
//! The marks are characters of a private-use plane, which no message holds. One that somebody typed
//! is dropped, or at worst says of that person's own words that they are in some language.

use crate::base::language::Language;
use crate::language::{Value, Words};

const OPENS: char = '\u{10_FF00}';
const NAMED: char = '\u{10_FF01}';
const CLOSES: char = '\u{10_FF02}';

/// Elements whose text cannot hold others.
const PLAIN: [&str; 3] = ["title", "desc", "option"];

/// The message `id`, marked where it is said in another language.
pub(super) fn say(words: &Words, id: &str, values: &[(&str, Value)]) -> String {
    let (said, other) = words.say_noting(id, values);
    match other {
        None => said,
        Some(language) => format!("{OPENS}{language}{NAMED}{said}{CLOSES}"),
    }
}

/// Turns the marks of a finished page into elements, or drops them where none may stand.
pub(super) fn settle(html: String) -> String {
    if !html.contains([OPENS, NAMED, CLOSES]) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 256);
    let mut within_tag = false;
    let mut plain: Option<&str> = None;
    let mut open = 0_usize;
    let mut rest = html.as_str();
    while let Some(at) = rest.find(['<', '>', OPENS, NAMED, CLOSES]) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let mut letters = from.chars();
        let letter = letters.next();
        let after = letters.as_str();
        rest = after;
        match letter {
            Some('<') => {
                within_tag = true;
                plain = plain_element(after, plain);
                out.push('<');
            }
            Some('>') => {
                within_tag = false;
                out.push('>');
            }
            Some(OPENS) => {
                let named = after.split_once(NAMED);
                let Some((language, said)) =
                    named.and_then(|(tag, said)| Some((Language::parse(tag)?, said)))
                else {
                    continue;
                };
                rest = said;
                if !within_tag && plain.is_none() && said.contains(CLOSES) {
                    open += 1;
                    out.push_str(&format!("<span lang=\"{language}\">"));
                }
            }
            Some(CLOSES) if !within_tag && plain.is_none() && open > 0 => {
                open -= 1;
                out.push_str("</span>");
            }
            _ => {}
        }
    }
    out.push_str(rest);
    out
}

/// The element without elements that we are in behind this tag.
fn plain_element<'a>(tag: &'a str, before: Option<&'a str>) -> Option<&'a str> {
    let name = |tag: &'a str| tag.split(['>', ' ', '\n']).next().unwrap_or_default();
    match tag.strip_prefix('/') {
        Some(closed) if before == Some(name(closed)) => None,
        Some(_) => before,
        None => PLAIN.into_iter().find(|plain| *plain == name(tag)).or(before),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::Rendered;
    use super::*;
    use crate::language::words;

    #[test]
    fn what_stands_in_says_its_language_where_it_may() {
        let marked = format!("{OPENS}en{NAMED}Save{CLOSES}");
        let page = format!(
            "<title>{marked} – X</title><p title=\"{marked}\">{marked}, <b>b</b></p><svg><desc>{marked}</desc></svg>"
        );
        assert_eq!(
            settle(page),
            "<title>Save – X</title><p title=\"Save\"><span lang=\"en\">Save</span>, <b>b</b></p><svg><desc>Save</desc></svg>"
        );
    }

    #[test]
    fn marks_that_somebody_typed_do_no_harm() {
        for (typed, shown) in [
            (format!("<p>{OPENS}Anna</p>"), "<p>Anna</p>"),
            (format!("<p>{CLOSES}{NAMED}Anna{CLOSES}</p>"), "<p>Anna</p>"),
            (format!("<p>{OPENS}\"x{NAMED}Anna{CLOSES}</p>"), "<p>\"xAnna</p>"),
            (format!("<p>{OPENS}en{NAMED}Anna</p>"), "<p>Anna</p>"),
        ] {
            assert_eq!(settle(typed), shown);
        }
    }

    #[test]
    fn a_whole_page_in_a_language_without_words_says_so_all_over() {
        assert!(say(&words("tlh"), "save", &[]).starts_with(OPENS));
        assert_eq!(say(&words("de"), "save", &[]), "Speichern");
        for Rendered { html, state, .. } in super::super::fixtures::all("tlh") {
            assert!(html.contains("<span lang=\"en\">"), "{state}");
            assert!(!html.contains([OPENS, NAMED, CLOSES]), "{state}");
            assert_eq!(
                html.matches("<span").count(),
                html.matches("</span>").count(),
                "{state}"
            );
        }
    }
}
