//! Keys whose values have a type: durations, sizes, numbers, words, paths.
//!
//! Each has bounds. They are there to catch a slip of the finger (`15d` for `15m`) and to refuse
//! what would quietly weaken a protection; the message says the bounds and nothing else.

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::time::Duration;

use serde_json::json;

use super::scalar::{self, Fault};
use super::section::{Found, Section};
use super::tree::Scalar;

/// Characters in the longest text of a single line.
const MAX_TEXT: usize = 200;

impl Section<'_, '_, '_> {
    /// `15m`
    pub(super) fn duration(
        &mut self,
        key: &'static str,
        default: Duration,
        bounds: RangeInclusive<Duration>,
    ) -> Found<Duration> {
        self.value(key, default, json!(scalar::duration_text(default)), |it| {
            within(scalar::duration(&it.text)?, &bounds, |span| {
                scalar::duration_text(*span)
            })
        })
    }

    /// `64KiB`
    pub(super) fn size(
        &mut self,
        key: &'static str,
        default: u64,
        bounds: RangeInclusive<u64>,
    ) -> Found<u64> {
        self.value(key, default, json!(scalar::size_text(default)), |it| {
            within(scalar::size(&it.text)?, &bounds, |octets| {
                scalar::size_text(*octets)
            })
        })
    }

    /// `10`
    pub(super) fn count<N>(&mut self, key: &'static str, default: N, bounds: RangeInclusive<N>) -> Found<N>
    where
        N: Copy + PartialOrd + TryFrom<u64> + std::fmt::Display + serde::Serialize,
    {
        self.value(key, default, json!(default), |it| number(it, &bounds))
    }

    /// `true`
    pub(super) fn flag(&mut self, key: &'static str, default: bool) -> Found<bool> {
        self.value(key, default, json!(default), flag)
    }

    /// One of a few words.
    pub(super) fn word<T: Copy + PartialEq>(
        &mut self,
        key: &'static str,
        default: T,
        words: &[(&'static str, T)],
    ) -> Found<T> {
        let shown = words
            .iter()
            .find(|(_, value)| *value == default)
            .map_or("", |(word, _)| *word);
        self.value(key, default, json!(shown), |it| one_of(it, words))
    }

    /// A path; a relative one starts at the configuration file.
    pub(super) fn path(&mut self, key: &'static str, default: PathBuf) -> Found<PathBuf> {
        let base = self.reading.base;
        let shown = json!(default.display().to_string());
        self.value(key, default, shown, |it| Ok(base.join(path_text(it)?)))
    }

    /// A line of text that may be left out.
    pub(super) fn line(&mut self, key: &'static str) -> Found<Option<String>> {
        self.optional(key, line)
    }
}

/// A line of text: not empty, nothing that a header or a terminal would act on.
pub(super) fn line(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.trim();
    if text.is_empty() {
        return Err(Fault::new("is empty", "write some text, or leave the key out"));
    }
    if text.chars().any(char::is_control) {
        return Err(Fault::new(
            "holds a line break or a control character",
            "one line of text",
        ));
    }
    if text.chars().count() > MAX_TEXT {
        return Err(Fault::new("is too long", "at most 200 characters"));
    }
    Ok(text.to_owned())
}

/// A number that may be left out.
pub(super) fn number<N>(it: &Scalar, bounds: &RangeInclusive<N>) -> Result<N, Fault>
where
    N: Copy + PartialOrd + TryFrom<u64> + std::fmt::Display,
{
    if !it.plain {
        return Err(Fault::new(
            "is not a whole number",
            "digits only, without quotes: `10`",
        ));
    }
    // A number too large for its type is as far out of bounds as one that is not.
    let read = N::try_from(scalar::count(&it.text)?).ok();
    read.filter(|number| bounds.contains(number))
        .ok_or_else(|| out_of_bounds(bounds.start(), bounds.end()))
}

/// One of a few words.
pub(super) fn one_of<T: Copy>(it: &Scalar, words: &[(&'static str, T)]) -> Result<T, Fault> {
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == it.text) {
        return Ok(*value);
    }
    let names = || words.iter().map(|(word, _)| *word);
    let hint = scalar::nearest(&it.text, names()).map_or_else(
        || format!("one of `{}`", names().collect::<Vec<_>>().join("`, `")),
        |meant| format!("did you mean `{meant}`?"),
    );
    let what = match words {
        [(only, _)] => return Err(Fault::new("is not known", format!("there is only `{only}`"))),
        _ => "is not known",
    };
    Err(Fault::new(what, hint))
}

/// A path as it is written.
pub(super) fn path_text(it: &Scalar) -> Result<&str, Fault> {
    if it.text.trim().is_empty() || it.text.contains('\0') {
        return Err(Fault::new("is not a path", "write the path of a file or folder"));
    }
    if it.text.starts_with("file:") {
        return Err(Fault::new("is a path, not a secret", "write it without `file:`"));
    }
    if it.text.starts_with("~/") {
        return Err(Fault::new(
            "starts with `~`, which only a shell knows",
            "write the whole path",
        ));
    }
    Ok(&it.text)
}

fn flag(it: &Scalar) -> Result<bool, Fault> {
    let hint = match (it.text.to_lowercase().as_str(), it.plain) {
        ("true", true) if it.text == "true" => return Ok(true),
        ("false", true) if it.text == "false" => return Ok(false),
        ("yes" | "on" | "1" | "true", _) => "write `true`, without quotes",
        ("no" | "off" | "0" | "false", _) => "write `false`, without quotes",
        _ => "`true` or `false`",
    };
    Err(Fault::new("is neither true nor false", hint))
}

fn within<T: PartialOrd>(
    value: T,
    bounds: &RangeInclusive<T>,
    print: impl Fn(&T) -> String,
) -> Result<T, Fault> {
    if bounds.contains(&value) {
        return Ok(value);
    }
    Err(out_of_bounds(print(bounds.start()), print(bounds.end())))
}

fn out_of_bounds(least: impl std::fmt::Display, most: impl std::fmt::Display) -> Fault {
    Fault::new("is out of bounds", format!("between `{least}` and `{most}`"))
}
