//! `terms`: the Terms of Use, one Markdown file for each language.

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

/// Octets of the longest text.
const MAX_OCTETS: usize = 256 * 1024;

/// `terms`. `None`: nobody is asked.
pub(super) fn terms(top: &mut Section<'_, '_, '_>, languages: &Languages) -> Option<Terms> {
    top.section("terms", |it| {
        let version = it.optional("version", version);
        let texts = texts(it, languages);
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

/// `file`: a map whose keys are languages. Its span is there where the file names any.
fn texts(it: &mut Section<'_, '_, '_>, languages: &Languages) -> Found<Vec<TermsText>> {
    let pair = it.take("file");
    let entries = match pair.map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            it.show("file", json!({}), Origin::Default);
            return absent(Vec::new());
        }
        Some((_, Value::Map(entries))) => entries,
        Some((pair, _)) => {
            it.wrong_shape(
                "file",
                Some(pair),
                "a map",
                "write `{en: terms.en.md, de: terms.de.md}`",
            );
            return Found {
                value: Vec::new(),
                span: Some(pair.node.span),
            };
        }
    };
    let place = pair.map(|pair| pair.key_span);
    if entries.is_empty() {
        let origin = place.map_or(Origin::Default, |place| Origin::Line(place.line));
        it.show("file", json!({}), origin);
        return absent(Vec::new());
    }
    let mut found = Vec::new();
    for entry in entries {
        match text(it, entry, languages) {
            Ok(text) => found.push(text),
            Err(fault) => it.error(
                entry.key_span,
                format!("the file for `{}` {}", entry.key, fault.what),
                fault.hint,
            ),
        }
    }
    Found {
        value: found,
        span: place,
    }
}

fn text(it: &mut Section<'_, '_, '_>, entry: &Pair, languages: &Languages) -> Result<TermsText, Fault> {
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
    it.show_below("file", &entry.key, json!(scalar.text), origin);
    let path = it.reading.base.join(path_text(scalar)?);
    let bytes = it.reading.machine.read(&path).map_err(|error| {
        let what = format!("cannot be read from {}", path.display());
        Fault::new(what, io_words(&error))
    })?;
    let text = String::from_utf8(bytes).map_err(|_| Fault::new("is not UTF-8 text", "save it as UTF-8"))?;
    if text.trim().is_empty() {
        return Err(Fault::new("is empty", "there is nothing to agree to"));
    }
    if text.len() > MAX_OCTETS {
        return Err(Fault::new(
            "is longer than 256KiB",
            "nobody could read it on a page",
        ));
    }
    let text = TermsText::new(language.clone(), &text);
    if text.dropped_html {
        it.warn(
            entry.key_span,
            format!("the file for `{}` holds HTML", entry.key),
            "it is left out: terms are written in Markdown",
        );
    }
    Ok(text)
}
