//! What a file of Fluent messages holds, without saying any of it: ids, variables, references,
//! plural forms, and where each stands.

use std::collections::BTreeSet;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};
use fluent_syntax::parser;

/// A message or a term, as it is written.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Outline {
    /// Its name; a term's begins with `-`.
    pub(super) id: String,
    /// Where that stands in the text, in octets.
    pub(super) at: usize,
    /// The values it asks for.
    pub(super) variables: BTreeSet<String>,
    /// The messages and terms that it quotes.
    pub(super) quotes: BTreeSet<String>,
    /// The functions that it calls. We have none.
    pub(super) calls: BTreeSet<String>,
    /// What its choices depend on, each with the forms there are.
    pub(super) choices: Vec<(String, Vec<String>)>,
    /// Pieces of text: where each stands, in octets, and how long it is.
    pub(super) texts: Vec<(usize, usize)>,
    /// Whether it says nothing: it is a slot that nobody has filled in.
    pub(super) empty: bool,
}

/// What cannot be read, and where, in octets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Unreadable {
    pub(super) at: usize,
    pub(super) why: String,
}

/// Reads a file.
pub(super) fn read(source: &str) -> (Vec<Outline>, Vec<Unreadable>) {
    let (resource, errors) = match parser::parse_runtime(source) {
        Ok(resource) => (resource, Vec::new()),
        Err(both) => both,
    };
    let outlines = resource
        .body
        .iter()
        .filter_map(|entry| match entry {
            Entry::Message(message) => Some(outline(source, message.id.name, "", message.value.as_ref())),
            Entry::Term(term) => Some(outline(source, term.id.name, "-", Some(&term.value))),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {
                None
            }
        })
        .collect();
    let unreadable = errors
        .into_iter()
        .map(|error| Unreadable {
            at: error.pos.start,
            why: error.kind.to_string(),
        })
        .collect();
    (outlines, unreadable)
}

fn outline(source: &str, name: &str, sigil: &str, value: Option<&Pattern<&str>>) -> Outline {
    let mut outline = Outline {
        id: format!("{sigil}{name}"),
        at: offset(source, name),
        empty: value.is_none_or(says_nothing),
        ..Outline::default()
    };
    if let Some(value) = value {
        walk(source, value, &mut outline);
    }
    outline
}

/// Where a piece of `source` begins in it.
fn offset(source: &str, piece: &str) -> usize {
    (piece.as_ptr() as usize).saturating_sub(source.as_ptr() as usize)
}

fn says_nothing(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => value.trim().is_empty(),
        PatternElement::Placeable {
            expression: Expression::Inline(InlineExpression::StringLiteral { value }),
        } => value.trim().is_empty(),
        PatternElement::Placeable { .. } => false,
    })
}

fn walk(source: &str, pattern: &Pattern<&str>, into: &mut Outline) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { value } => into.texts.push((offset(source, value), value.len())),
            PatternElement::Placeable { expression } => walk_expression(source, expression, into),
        }
    }
}

fn walk_expression(source: &str, expression: &Expression<&str>, into: &mut Outline) {
    match expression {
        Expression::Inline(inline) => walk_inline(source, inline, into),
        Expression::Select { selector, variants } => {
            walk_inline(source, selector, into);
            let keys = variants
                .iter()
                .map(|variant| match variant.key {
                    VariantKey::Identifier { name } => name.to_owned(),
                    VariantKey::NumberLiteral { value } => value.to_owned(),
                })
                .collect();
            if let InlineExpression::VariableReference { id } = selector {
                into.choices.push((id.name.to_owned(), keys));
            }
            for variant in variants {
                walk(source, &variant.value, into);
            }
        }
    }
}

fn walk_inline(source: &str, inline: &InlineExpression<&str>, into: &mut Outline) {
    let arguments = match inline {
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => None,
        InlineExpression::FunctionReference { id, arguments } => {
            into.calls.insert(id.name.to_owned());
            Some(arguments)
        }
        InlineExpression::MessageReference { id, .. } => {
            into.quotes.insert(id.name.to_owned());
            None
        }
        InlineExpression::TermReference { id, arguments, .. } => {
            into.quotes.insert(format!("-{}", id.name));
            arguments.as_ref()
        }
        InlineExpression::VariableReference { id } => {
            into.variables.insert(id.name.to_owned());
            None
        }
        InlineExpression::Placeable { expression } => {
            walk_expression(source, expression, into);
            None
        }
    };
    for argument in arguments.into_iter().flat_map(|it| &it.positional) {
        walk_inline(source, argument, into);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_outlined_with_its_places() {
        let source = "# A comment\nleft = { $count ->\n    [one] One for { $name }\n   *[other] { -brand } of { go-on }\n}\n-brand = X\nslot = { \"\" }\n";
        let (found, errors) = read(source);
        assert!(errors.is_empty(), "{errors:?}");
        let [left, brand, slot] = &found[..] else {
            panic!("{found:?}")
        };
        assert_eq!((left.id.as_str(), left.at, left.empty), ("left", 12, false));
        assert_eq!(left.variables, ["count", "name"].map(String::from).into());
        assert_eq!(left.quotes, ["-brand", "go-on"].map(String::from).into());
        assert_eq!(
            left.choices,
            [("count".to_owned(), vec!["one".to_owned(), "other".to_owned()])]
        );
        let (at, length) = left.texts[0];
        assert_eq!(&source[at..at + length], "One for ");
        assert_eq!((brand.id.as_str(), slot.empty), ("-brand", true));
    }

    #[test]
    fn what_cannot_be_read_has_a_place_and_takes_nothing_else_along() {
        let (found, errors) = read("a = A\nb = { $x\nc = C\n");
        assert_eq!(
            found.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
            ["a", "c"]
        );
        assert_eq!(errors.len(), 1);
        assert!((6..16).contains(&errors[0].at), "{errors:?}");
    }
}
