//! Single values, lists and secrets: how a key is read, whatever its type.
//!
//! Every reader here makes its key known, writes the effective file, and records what is wrong.
//! [`super::typed`] gives them their types.

use serde_json::{Value as Json, json};

use super::effective::Origin;
use super::scalar::Fault;
use super::secrets;
use super::section::{Found, Section, absent};
use super::tree::{Node, Scalar, Value};
use crate::base::secret::Secret;

impl Section<'_, '_, '_> {
    /// A single value with a default; `shown` is how the default is written.
    pub(super) fn value<T>(
        &mut self,
        key: &'static str,
        default: T,
        shown: Json,
        parse: impl FnOnce(&Scalar) -> Result<T, Fault>,
    ) -> Found<T> {
        if let Some(pair) = self.take(key).filter(|pair| pair.node.value == Value::Null) {
            let label = format!("leave the key out for the default, `{}`", plain_words(&shown));
            self.error(pair.key_span, format!("`{key}` is empty"), label);
            return absent(default);
        }
        match self.read(key, parse) {
            Some(found) => found,
            None => {
                self.show(key, shown, Origin::Default);
                absent(default)
            }
        }
    }

    /// A single value that may be left out, or be `null`.
    pub(super) fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&Scalar) -> Result<T, Fault>,
    ) -> Found<Option<T>> {
        match self.read(key, parse) {
            Some(found) => Found {
                value: Some(found.value),
                span: found.span,
            },
            None => {
                self.show(key, Json::Null, Origin::Default);
                absent(None)
            }
        }
    }

    /// A single value that must be there. `None` is an error that has been recorded.
    pub(super) fn required<T>(
        &mut self,
        key: &'static str,
        example: &str,
        parse: impl FnOnce(&Scalar) -> Result<T, Fault>,
    ) -> Option<Found<T>> {
        if !self.gives(key) {
            self.take(key);
            self.missing(key, example);
            return None;
        }
        self.read(key, parse)
    }

    /// A list of single values. The default is shown as `shown`.
    pub(super) fn list<T>(
        &mut self,
        key: &'static str,
        default: Vec<T>,
        shown: Json,
        parse: impl Fn(&Scalar) -> Result<T, Fault>,
    ) -> Found<Vec<Found<T>>> {
        let pair = self.take(key);
        let items = match pair.map(|pair| &pair.node.value) {
            None | Some(Value::Null) => {
                self.show(key, shown, Origin::Default);
                return absent(default.into_iter().map(absent).collect());
            }
            Some(Value::List(items)) => items.as_slice(),
            Some(_) => {
                self.wrong_shape(key, pair, "a list", "write `[…, …]`");
                return absent(default.into_iter().map(absent).collect());
            }
        };
        let span = pair.map(|pair| pair.node.span);
        let mut found = Vec::new();
        for item in items {
            found.extend(self.entry(key, item, &parse));
        }
        let written: Vec<Json> = items.iter().filter_map(|item| written(&item.value)).collect();
        let line = pair.map_or(0, |pair| pair.key_span.line);
        self.show(key, json!(written), Origin::Line(line));
        Found { value: found, span }
    }

    fn entry<T>(
        &mut self,
        key: &str,
        item: &Node,
        parse: impl Fn(&Scalar) -> Result<T, Fault>,
    ) -> Option<Found<T>> {
        let Value::Text(scalar) = &item.value else {
            let message = format!("an entry of `{key}` is {}, not a single value", item.value.kind());
            self.error(item.span, message, "remove it, or put quotes around it");
            return None;
        };
        match parse(scalar) {
            Ok(value) => Some(Found {
                value,
                span: Some(item.span),
            }),
            Err(fault) => {
                self.error(
                    item.span,
                    format!("an entry of `{key}` {}", fault.what),
                    fault.hint,
                );
                None
            }
        }
    }

    /// A secret, or where it is.
    pub(super) fn secret(&mut self, key: &'static str) -> Found<Option<Secret<String>>> {
        let pair = self.take(key);
        let Some((pair, Value::Text(scalar))) = pair.map(|pair| (pair, &pair.node.value)) else {
            if pair.is_some_and(|pair| pair.node.value != Value::Null) {
                self.wrong_shape(
                    key,
                    pair,
                    "a single value",
                    "write `file:PATH`, `env:NAME` or `cred:NAME`",
                );
            }
            self.show(key, Json::Null, Origin::Default);
            return absent(None);
        };
        let span = pair.node.span;
        if secrets::is_reference(&scalar.text) {
            let origin = Origin::Secret(scalar.text.clone());
            self.show(key, json!(scalar.text), origin);
        } else {
            self.reading.inline.push(span);
            self.show(key, json!("[secret]"), Origin::InlineSecret(span.line));
        }
        match secrets::read(&scalar.text, self.reading.base, self.reading.machine) {
            Ok(secret) => Found {
                value: Some(secret),
                span: Some(span),
            },
            Err(fault) => {
                self.error(span, format!("`{key}` {}", fault.what), fault.hint);
                // It was given: whatever needs one must not complain that there is none.
                Found {
                    value: None,
                    span: Some(span),
                }
            }
        }
    }

    fn read<T>(
        &mut self,
        key: &'static str,
        parse: impl FnOnce(&Scalar) -> Result<T, Fault>,
    ) -> Option<Found<T>> {
        let pair = self.take(key)?;
        let scalar = match &pair.node.value {
            Value::Text(scalar) => scalar,
            Value::Null => return None,
            Value::List(_) | Value::Map(_) => {
                self.wrong_shape(key, Some(pair), "a single value", "write one value");
                return None;
            }
        };
        match parse(scalar) {
            Ok(value) => {
                self.show(
                    key,
                    written(&pair.node.value).unwrap_or(Json::Null),
                    Origin::Line(pair.key_span.line),
                );
                Some(Found {
                    value,
                    span: Some(pair.node.span),
                })
            }
            Err(fault) => {
                self.error(pair.node.span, format!("`{key}` {}", fault.what), fault.hint);
                None
            }
        }
    }
}

/// How a scalar of the file is shown: as it was written.
pub(super) fn written(value: &Value) -> Option<Json> {
    let Value::Text(scalar) = value else {
        return None;
    };
    let text = scalar.text.as_str();
    Some(match text {
        "true" if scalar.plain => Json::Bool(true),
        "false" if scalar.plain => Json::Bool(false),
        _ if scalar.plain => super::scalar::count(text).map_or_else(|_| json!(text), |number| json!(number)),
        _ => json!(text),
    })
}

fn plain_words(shown: &Json) -> String {
    match shown {
        Json::String(text) => text.clone(),
        other => other.to_string(),
    }
}
