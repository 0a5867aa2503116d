//! Two languages that nobody speaks, to see what a translation would do to a page: `en-XA` is English
//! with accents and longer by two fifths, `ar-XB` is English from right to left.
//!
//! They are never offered by themselves: [`worksheet`](super::worksheet()) writes them as a folder of
//! messages, like any language that an operator adds.

use super::{builtin, outline};
use crate::base::language::Language;

/// How the letters of a text are changed.
type Disguise = fn(&str) -> String;

/// What makes a pseudo-language of English.
pub(super) fn disguise(language: &Language) -> Option<Disguise> {
    match language.as_str() {
        "en-XA" => Some(accented),
        "ar-XB" => Some(mirrored),
        _ => None,
    }
}

/// Whether nobody speaks it.
pub fn is_pseudo(language: &Language) -> bool {
    disguise(language).is_some()
}

/// A pseudo-language's messages, as a file.
pub(super) fn written(disguise: Disguise) -> String {
    builtin::english()
        .iter()
        .map(|(_, text)| disguised(text, disguise))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Changes what is said and leaves what is meant: ids, values and forms stay.
fn disguised(source: &str, disguise: Disguise) -> String {
    let mut out = String::with_capacity(source.len() * 2);
    let mut from = 0;
    let texts = outline::read(source).0.into_iter().flat_map(|it| it.texts);
    for (at, length) in texts {
        out.push_str(source.get(from..at).unwrap_or_default());
        out.push_str(&disguise(source.get(at..at + length).unwrap_or_default()));
        from = at + length;
    }
    out.push_str(source.get(from..).unwrap_or_default());
    out
}

/// Every letter that has one gets an accent; each vowel stands twice, which makes a text longer by
/// about two fifths.
fn accented(text: &str) -> String {
    const PLAIN: &str = "AEIOUYaeiouyCDGHJKLNRSTWZcdghjklnrstwz";
    const ACCENTED: &str = "ÀÉÎÖÛÝàéîöûýÇĎĜĤĴĶĻÑŔŠŢŴŽçďĝĥĵķļñŕšţŵž";
    let mut out = String::with_capacity(text.len() * 2);
    for letter in text.chars() {
        let accented = PLAIN
            .chars()
            .zip(ACCENTED.chars())
            .find_map(|(plain, accented)| (plain == letter).then_some(accented));
        out.push(accented.unwrap_or(letter));
        if "aeiouy".contains(letter) {
            out.extend(accented);
        }
    }
    out
}

/// Every word runs from right to left (Unicode's right-to-left override).
fn mirrored(text: &str) -> String {
    let word = |word: &str| match word.chars().any(char::is_alphanumeric) {
        true => format!("\u{202e}{word}\u{202c}"),
        false => word.to_owned(),
    };
    text.split_inclusive([' ', '\n'])
        .map(|piece| {
            let stem = piece.trim_end_matches([' ', '\n']);
            let space = piece.get(stem.len()..).unwrap_or_default();
            format!("{}{space}", word(stem))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::catalog::Text;
    use super::super::review::review;
    use super::*;

    #[test]
    fn a_sentence_keeps_its_values_and_its_forms() {
        let source =
            "# Comment\na = Remove { $name }\nb = { $n ->\n    [one] One day\n   *[other] { $n } days\n}\n";
        assert_eq!(
            disguised(source, accented),
            "# Comment\na = Ŕéémöövéé { $name }\nb = { $n ->\n    [one] Öñéé ďààýý\n   *[other] { $n } ďààýýš\n}\n"
        );
        assert_eq!(mirrored("Save it. "), "\u{202e}Save\u{202c} \u{202e}it.\u{202c} ");
    }

    #[test]
    fn both_say_everything_and_one_is_longer_by_two_fifths() {
        for tag in ["en-XA", "ar-XB"] {
            let language = Language::parse(tag).unwrap();
            let text = written(disguise(&language).unwrap());
            let (messages, unreadable) = outline::read(&text);
            let ids: Vec<_> = messages.iter().map(|it| it.id.as_str()).collect();
            assert!(unreadable.is_empty(), "{tag}: {unreadable:?}");
            assert_eq!(ids.len(), super::super::catalog::ENGLISH.len(), "{tag}");
            let name = format!("{tag}/all.ftl");
            let flaws = review(&[Text { language, name, text }]);
            assert!(
                flaws.iter().all(|flaw| flaw.what.contains("has no form")),
                "{flaws:?}"
            );
        }
        let said = "Someone entered your password at the sign-in page of the portal.";
        let ratio = accented(said).chars().count() * 100 / said.chars().count();
        assert!((130..=150).contains(&ratio), "{ratio}");
    }
}
