//! `terms`: the Terms of Use, one Markdown file for each language, and what is new in them.

use serde_json::json;

use super::effective::Origin;
use super::environment::io_words;
use super::scalar::Fault;
use super::section::{Found, Section, absent};
use super::tree::{Pair, Scalar, Value};
use super::typed::path_text;
use crate::base::language::Language;
use crate::identity::terms::TermsVersion;
use crate::web::settings::{Languages, Terms, TermsText};

/// What a map of files holds.
struct Kind {
    key: &'static str,
    /// How its files are called in messages.
    called: &'static str,
    example: &'static str,
    empty: &'static str,
    /// The longest text, in octets and in words.
    most: (usize, &'static str),
}

const TEXTS: Kind = Kind {
    key: "file",
    called: "file",
    example: "write `{en: terms.en.md, de: terms.de.md}`",
    empty: "there is nothing to agree to",
    most: (256 * 1024, "256KiB"),
};

const CHANGES: Kind = Kind {
    key: "changes",
    called: "summary of changes",
    example: "write `{en: changes.en.md, de: changes.de.md}`",
    empty: "there is nothing to read",
    most: (16 * 1024, "16KiB"),
};

/// `terms`. `None`: nobody is asked.
pub(super) fn terms(top: &mut Section<'_, '_, '_>, languages: &Languages) -> Option<Terms> {
    top.section("terms", |it| {
        let version = it.optional("version", version);
        let mut texts = files(it, &TEXTS, languages);
        let changes = files(it, &CHANGES, languages);
        if version.value.is_some() && texts.span.is_none() {
            it.error(
                version.span,
                "`version` needs `file`",
                "there is nothing to agree to: `file: {en: terms.en.md}`",
            );
        }
        if texts.span.is_some() && !it.gives("version") {
            it.error(
                texts.span,
                "`file` needs `version`",
                "people agree to something with a name: `version: 2026-11`",
            );
        }
        sum_up(it, &mut texts, changes);
        let texts = Terms {
            version: version.value?,
            texts: texts.value,
        };
        let default = &languages.default;
        if !texts.texts.is_empty() && !texts.texts.iter().any(|text| text.language == *default) {
            let place = it.take("file").map(|pair| pair.key_span);
            it.warn(
                place,
                format!("`file` has no text in `{default}`, the default language"),
                "whoever speaks a language without a text reads another one",
            );
        }
        Some(texts)
    })
}

fn version(it: &Scalar) -> Result<TermsVersion, Fault> {
    TermsVersion::parse(&it.text).ok_or_else(|| {
        Fault::new(
            "is not a version",
            "up to 32 letters, digits, dots, hyphens and underscores: `2026-11`",
        )
    })
}

/// Puts each summary of changes to the text in its language.
fn sum_up(it: &mut Section<'_, '_, '_>, texts: &mut Found<Vec<TermsText>>, changes: Found<Vec<TermsText>>) {
    // Where none could be read that is what there is to say.
    let Some(place) = changes.span.filter(|_| !changes.value.is_empty()) else {
        return;
    };
    for summary in changes.value {
        match texts
            .value
            .iter_mut()
            .find(|text| text.language == summary.language)
        {
            Some(text) => text.changes = Some(summary.html),
            None => it.error(
                place,
                format!("`changes` is in `{}`, and `file` is not", summary.language),
                "it is read together with the text in its language",
            ),
        }
    }
    for text in texts.value.iter().filter(|text| text.changes.is_none()) {
        it.warn(
            place,
            format!("`changes` has no summary in `{}`", text.language),
            "whoever reads that text is told no more than that it has changed",
        );
    }
}

/// A map whose keys are languages. Its span is there where the file names any.
fn files(it: &mut Section<'_, '_, '_>, kind: &Kind, languages: &Languages) -> Found<Vec<TermsText>> {
    let pair = it.take(kind.key);
    let entries = match pair.map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            it.show(kind.key, json!({}), Origin::Default);
            return absent(Vec::new());
        }
        Some((_, Value::Map(entries))) => entries,
        Some((pair, _)) => {
            it.wrong_shape(kind.key, Some(pair), "a map", kind.example);
            return Found {
                value: Vec::new(),
                span: Some(pair.node.span),
            };
        }
    };
    let place = pair.map(|pair| pair.key_span);
    if entries.is_empty() {
        let origin = place.map_or(Origin::Default, |place| Origin::Line(place.line));
        it.show(kind.key, json!({}), origin);
        return absent(Vec::new());
    }
    let mut found = Vec::new();
    for entry in entries {
        match text(it, kind, entry, languages) {
            Ok(text) => found.push(text),
            Err(fault) => it.error(
                entry.key_span,
                format!("the {} for `{}` {}", kind.called, entry.key, fault.what),
                fault.hint,
            ),
        }
    }
    Found {
        value: found,
        span: place,
    }
}

fn text(
    it: &mut Section<'_, '_, '_>,
    kind: &Kind,
    entry: &Pair,
    languages: &Languages,
) -> Result<TermsText, Fault> {
    let Some(language) = languages.offer.iter().find(|tag| tag.as_str() == entry.key) else {
        let tags: Vec<&str> = languages.offer.iter().map(Language::as_str).collect();
        return Err(Fault::new(
            "is in a language that is not offered",
            format!("one of `{}`", tags.join("`, `")),
        ));
    };
    let Value::Text(scalar) = &entry.node.value else {
        return Err(Fault::new("is not named", "write a path"));
    };
    let origin = Origin::Line(entry.key_span.line);
    it.show_below(kind.key, &entry.key, json!(scalar.text), origin);
    let path = it.reading.base.join(path_text(scalar)?);
    let bytes = it.reading.machine.read(&path).map_err(|error| {
        let what = format!("cannot be read from {}", path.display());
        Fault::new(what, io_words(&error))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::new("is not UTF-8 text", "save it as UTF-8"))?;
    if text.trim().is_empty() {
        return Err(Fault::new("is empty", kind.empty));
    }
    let (most, written) = kind.most;
    if text.len() > most {
        let what = format!("is longer than {written}");
        return Err(Fault::new(what, "nobody could read it on a page"));
    }
    let text = TermsText::new(language.clone(), &text);
    if text.dropped_html {
        it.warn(
            entry.key_span,
            format!("the {} for `{}` holds HTML", kind.called, entry.key),
            "it is left out: terms are written in Markdown",
        );
    }
    Ok(text)
}
