//! What the provider is sent: a text with `{to}`, `{text}` and `{from}` in it.
//!
//! Each is escaped for the place where it stands, in one pass: what is filled in is never looked at
//! again, so that a brand called `{to}` is a brand, and no quote, ampersand or line break of a message
//! begins anything new. Braces that hold anything else are the operator's own, as JSON is full of them.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is filled in.
#[derive(Clone, Copy)]
pub struct Values<'a> {
    /// The number, `+41…`.
    pub to: &'a str,
    /// The message.
    pub text: &'a str,
    /// The sender.
    pub from: &'a str,
}

/// How values are written where they stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Escaping {
    /// Within a JSON string (RFC 8259 §7).
    Json,
    /// In a form's body (`application/x-www-form-urlencoded`) or in an address.
    Percent,
}

/// What `encodeURIComponent` leaves alone, less what some decoders take for something else.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

#[derive(Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    To,
    Text,
    From,
}

/// A text with places to fill in. What stands around them may be secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Template {
    pieces: Vec<Piece>,
    escaping: Escaping,
}

/// Why a text is no template.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TemplateFault {
    /// With values in it, it is not JSON; or a value stands outside of a string.
    NotJson,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    ///
    /// [`TemplateFault`].
    pub fn read(text: &str, escaping: Escaping) -> Result<Self, TemplateFault> {
        let template = Self {
            pieces: pieces(text),
            escaping,
        };
        if escaping == Escaping::Json {
            // No value would be JSON by itself, so that each must stand within a string.
            let awkward = Values {
                to: "to \"\\{text}",
                text: "text \"},\n{to}",
                from: "from \u{1}\"",
            };
            let filled = template.fill(&awkward);
            serde_json::from_str::<serde_json::Value>(&filled).map_err(|_| TemplateFault::NotJson)?;
        }
        Ok(template)
    }

    /// Whether it has a place for the number.
    pub fn names_to(&self) -> bool {
        self.pieces.contains(&Piece::To)
    }

    /// Whether it has a place for the message.
    pub fn names_text(&self) -> bool {
        self.pieces.contains(&Piece::Text)
    }

    /// Whether it has a place for the sender.
    pub fn names_from(&self) -> bool {
        self.pieces.contains(&Piece::From)
    }

    /// What stands before the first place.
    pub fn head(&self) -> &str {
        match self.pieces.first() {
            Some(Piece::Literal(text)) => text,
            _ => "",
        }
    }

    /// With values in it.
    pub fn fill(&self, values: &Values<'_>) -> String {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => filled.push_str(text),
                Piece::To => self.push(&mut filled, values.to),
                Piece::Text => self.push(&mut filled, values.text),
                Piece::From => self.push(&mut filled, values.from),
            }
        }
        filled
    }

    fn push(&self, filled: &mut String, value: &str) {
        match self.escaping {
            Escaping::Percent => filled.extend(utf8_percent_encode(value, KEPT)),
            Escaping::Json => {
                let quoted = serde_json::Value::from(value).to_string();
                filled.push_str(
                    quoted
                        .strip_prefix('"')
                        .and_then(|it| it.strip_suffix('"'))
                        .unwrap_or_default(),
                );
            }
        }
    }
}

impl fmt::Debug for Template {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Template({:?}, …)", self.escaping)
    }
}

fn pieces(text: &str) -> Vec<Piece> {
    const PLACES: [(&str, Piece); 3] = [
        ("{to}", Piece::To),
        ("{text}", Piece::Text),
        ("{from}", Piece::From),
    ];
    let mut pieces = Vec::new();
    let mut rest = text;
    loop {
        let next = PLACES
            .iter()
            .filter_map(|(name, piece)| {
                rest.split_once(name)
                    .map(|(before, after)| (before, piece, after))
            })
            .min_by_key(|(before, ..)| before.len());
        let literal = next.map_or(rest, |(before, ..)| before);
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal.to_owned()));
        }
        let Some((_, piece, after)) = next else {
            return pieces;
        };
        pieces.push(piece.clone());
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NASTY: Values<'static> = Values {
        to: "+41791234567",
        text: "1\",\"to\":\"+1900\"}\r\n&to=+1900 {to}{from}% \\ \u{1}ß€",
        from: "Ex{text}&Co",
    };

    #[test]
    fn nothing_leaves_its_json_string() {
        let template = Template::read(
            r#"{"messages": [{"to": "{to}", "text": "{text}"}], "from": "x {from}", "set": {}}"#,
            Escaping::Json,
        )
        .unwrap();
        let sent: serde_json::Value = serde_json::from_str(&template.fill(&NASTY)).unwrap();
        assert_eq!(sent["messages"][0]["to"], NASTY.to);
        assert_eq!(sent["messages"][0]["text"], NASTY.text);
        assert_eq!(sent["from"], "x Ex{text}&Co");
        assert_eq!(sent["messages"][0].as_object().unwrap().len(), 2);
    }

    #[test]
    fn nothing_leaves_its_form_field() {
        let template = Template::read("to={to}&text={text}&from={from}&key=a+b", Escaping::Percent).unwrap();
        let filled = template.fill(&NASTY);
        let fields: Vec<_> = url::form_urlencoded::parse(filled.as_bytes())
            .into_owned()
            .collect();
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            fields,
            [
                field("to", NASTY.to),
                field("text", NASTY.text),
                field("from", NASTY.from),
                field("key", "a b")
            ]
        );
        assert!(
            filled.is_ascii() && !filled.contains(['\r', '\n', ' ']),
            "{filled}"
        );
    }

    #[test]
    fn a_value_outside_of_a_string_is_refused() {
        for bad in [
            r#"{"to": {to}, "text": "{text}"}"#,
            r#"{"to": "{to}", "text": {text}}"#,
            r#"{"to": "{to}", {text}: 1}"#,
            r#"{"to": "{to}""#,
            "{to}",
            "",
        ] {
            assert_eq!(
                Template::read(bad, Escaping::Json),
                Err(TemplateFault::NotJson),
                "{bad}"
            );
        }
    }

    #[test]
    fn a_template_does_not_show_what_it_holds() {
        let template = Template::read("key=hunter2&to={to}", Escaping::Percent).unwrap();
        assert!(!format!("{template:?}").contains("hunter2"));
    }
}
