//! A translation to fill in: every message as a comment, and below it its slot.

use std::fmt::Write as _;

use super::builtin;
use super::choice::native_name;
use super::outline;
use super::plural::forms;
use super::pseudo;
use crate::base::language::Language;

/// What stands in a slot that nobody has filled in: it says nothing, so the message falls back.
const SLOT: &str = "{ \"\" }";

/// The file for a language, as it is given to a translator. For the two pseudo-languages of
/// [`pseudo`] it is filled in already.
pub fn worksheet(language: &Language) -> String {
    if let Some(disguise) = pseudo::disguise(language) {
        return pseudo::written(disguise);
    }
    let present = builtin::source(language.as_str());
    let mut out = head(language, present.is_some());
    let files = present.map_or_else(builtin::english, |source| &source.files);
    for (_, text) in files {
        out.push_str(&slots(text));
    }
    out
}

fn head(language: &Language, built_in: bool) -> String {
    let shown_in = match built_in {
        true => "as it is said at present",
        false => "in English",
    };
    format!(
        "### {name} ({language})\n\
         ###\n\
         ### Each message stands {shown_in} as a comment; the slot below it takes the words that are to\n\
         ### be said. A slot that stays {SLOT} changes nothing. {{ $name }} is a value: it may move, and\n\
         ### has to stay. Plural forms of this language: {forms}.\n\
         ###\n\
         ### Keep this file as {language}/all.ftl in the folder that `languages.messages` names;\n\
         ### `doorward i18n check {language}` says what is missing.\n\n",
        name = native_name(language),
        forms = forms(language).join(", "),
    )
}

/// One file with its comments kept, its messages made comments, and a slot for each.
fn slots(source: &str) -> String {
    let mut out = String::new();
    let messages = outline::read(source).0;
    let mut from = 0;
    for message in &messages {
        out.push_str(source.get(from..message.at).unwrap_or_default());
        let end = end_of(source, message.at);
        for line in source.get(message.at..end).unwrap_or_default().trim_end().lines() {
            let _ = writeln!(out, "#     {line}");
        }
        let _ = write!(out, "{} = {SLOT}\n\n", message.id);
        from = end;
    }
    out.push_str(source.get(from..).unwrap_or_default());
    out.push('\n');
    out
}

/// Where the message that begins at `at` ends: its further lines are indented, or close a brace.
fn end_of(source: &str, at: usize) -> usize {
    let rest = source.get(at..).unwrap_or_default();
    let mut lines = rest.split_inclusive('\n');
    let first = lines.next().map_or(0, str::len);
    let more: usize = lines
        .take_while(|line| line.starts_with([' ', '}']))
        .map(str::len)
        .sum();
    at + first + more
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::catalog::{Catalog, ENGLISH, Text};
    use super::super::review::review;
    use super::*;

    fn file(tag: &str) -> Text {
        let language = Language::parse(tag).unwrap();
        Text {
            name: format!("{tag}/all.ftl"),
            text: worksheet(&language),
            language,
        }
    }

    #[test]
    fn a_new_file_has_a_slot_for_everything_and_says_nothing_yet() {
        for tag in ["pt", "de"] {
            let file = file(tag);
            assert_eq!(review(std::slice::from_ref(&file)), [], "{tag}");
            let (messages, _) = outline::read(&file.text);
            assert!(messages.iter().all(|it| it.empty), "{tag}");
            let ids: BTreeSet<&String> = messages.iter().map(|it| &it.id).collect();
            assert_eq!(ids, ENGLISH.keys().collect(), "{tag}");
            let catalog = Catalog::new(&[file]);
            let said = if tag == "de" { ENGLISH.len() } else { 0 };
            assert_eq!(catalog.coverage(&Language::parse(tag).unwrap()).said, said);
        }
    }

    #[test]
    fn a_message_stands_above_its_slot_with_its_comment() {
        let slots =
            slots("# Where it stands.\nspan = { $n ->\n    [one] day\n   *[other] days\n}\nsave = Save\n");
        assert_eq!(
            slots,
            "# Where it stands.\n#     span = { $n ->\n#         [one] day\n#        *[other] days\n#     }\nspan = { \"\" }\n\n#     save = Save\nsave = { \"\" }\n\n\n"
        );
    }
}
