//! `access`: which rule holds where. The rules are checked here and stay in the operator's words.

use std::time::Duration;

use ipnet::IpNet;
use serde_json::{Value as Json, json};

use super::effective::Origin;
use super::net::network;
use super::path;
use super::people::{DAY, SECOND};
use super::report::Span;
use super::scalar::{self, Fault};
use super::section::{Found, Section};
use super::tree::{Scalar, Value};
use super::typed::one_of;
use crate::gateway::settings::{Place, Require, RuleSetting};
use crate::identity::account::Group;

const REQUIRE: [(&str, Require); 4] = [
    ("nothing", Require::Nothing),
    ("password", Require::Password),
    ("mfa", Require::Mfa),
    ("refusal", Require::Refusal),
];

/// `access` of one site.
pub(super) fn rules(site: &mut Section<'_, '_, '_>, prefix: &str) -> Vec<RuleSetting> {
    let items = match site.take("access").map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => {
            site.show("access", json!([]), Origin::Default);
            return Vec::new();
        }
        Some((pair, Value::List(items))) => {
            if items.is_empty() {
                site.show("access", json!([]), Origin::Line(pair.key_span.line));
            }
            items
        }
        Some((pair, _)) => {
            site.wrong_shape(
                "access",
                Some(pair),
                "a list",
                "write `- {path: /news/*, require: password}`",
            );
            return Vec::new();
        }
    };
    let mut kept: Vec<RuleSetting> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let Some(rule) = site.item("access", at, item, |it| rule(it, item.span)) else {
            continue;
        };
        warn_about(site, &rule, item.span, prefix);
        if let Some(earlier) = kept.iter().find(|earlier| hides(earlier, &rule)) {
            site.warn(
                item.span,
                "this rule is never reached",
                format!(
                    "the rule for {} on line {} decides first",
                    earlier.path, earlier.place.line
                ),
            );
        }
        kept.push(rule);
    }
    kept
}

fn rule(it: &mut Section<'_, '_, '_>, span: Span) -> Option<RuleSetting> {
    let path = it.required("path", "path: /news/*", path::pattern);
    let from = it.list("from", Vec::new(), Json::Null, network);
    let methods = it.list("methods", Vec::new(), Json::Null, method);
    let require = it.required("require", "require: mfa", |word| one_of(word, &REQUIRE));
    let groups = it.list("groups", Vec::new(), Json::Null, group);
    let within = it.optional("within", within);
    for key in ["from", "methods", "groups"] {
        refuse_empty(it, key);
    }
    let (path, require) = (path?, require?);
    let word = require.value.as_str();
    if groups.span.is_some() && require.value != Require::Mfa {
        let label = "`groups` are looked at with `require: mfa` only";
        it.error(groups.span, format!("`groups` with `require: {word}`"), label);
    }
    if within.value.is_some() && require.value != Require::Mfa {
        let label = "`within` is the age of a second factor";
        it.error(within.span, format!("`within` with `require: {word}`"), label);
    }
    Some(RuleSetting {
        path: path.value,
        from: plain(from),
        methods: plain(methods),
        require: require.value,
        groups: plain(groups),
        within: within.value,
        place: Place {
            line: span.line,
            column: span.column,
        },
    })
}

/// An empty list would let a rule for nobody hold for everybody.
fn refuse_empty(it: &mut Section<'_, '_, '_>, key: &str) {
    if let Some(span) = it.empty_list(key) {
        it.error(
            span,
            format!("`{key}` is empty"),
            "without the key the rule holds for all",
        );
    }
}

fn plain<T>(found: Found<Vec<Found<T>>>) -> Vec<T> {
    found.value.into_iter().map(|item| item.value).collect()
}

/// A method's name (RFC 9110 §9.1). Names are case-sensitive, and those below never pass.
fn method(it: &Scalar) -> Result<String, Fault> {
    let text = it.text.as_str();
    let upper = text.to_ascii_uppercase();
    if text.is_empty()
        || !text
            .bytes()
            .all(|octet| octet.is_ascii_alphanumeric() || b"-_".contains(&octet))
    {
        return Err(Fault::new("is not a method", "a name such as `GET` or `POST`"));
    }
    if matches!(upper.as_str(), "CONNECT" | "TRACE" | "TRACK") {
        return Err(Fault::new("is a method that is always refused", "remove it"));
    }
    if text != upper {
        return Err(Fault::new(
            "is not in upper case",
            format!("did you mean `{upper}`?"),
        ));
    }
    Ok(upper)
}

/// A group's name: what can stand in a header, joined by commas.
fn group(it: &Scalar) -> Result<String, Fault> {
    Group::parse(&it.text)
        .map(|_| it.text.clone())
        .ok_or_else(|| Fault::new("is not a group", "lower-case letters, digits, `.`, `_` and `-`"))
}

fn within(it: &Scalar) -> Result<Duration, Fault> {
    let span = scalar::duration(&it.text)?;
    if (30 * SECOND..=DAY).contains(&span) {
        return Ok(span);
    }
    Err(Fault::new("is out of bounds", "between `30s` and `1d`"))
}

fn warn_about(site: &mut Section<'_, '_, '_>, rule: &RuleSetting, span: Span, prefix: &str) {
    if path::covers(&format!("{prefix}/*"), &rule.path) || rule.path == prefix {
        site.warn(
            span,
            "this rule is never reached",
            format!("what is below {prefix} is the gateway's own and never goes to the portal"),
        );
    }
    let open = rule.require == Require::Nothing && rule.from.is_empty() && rule.methods.is_empty();
    if open && rule.path == "/*" {
        site.warn(
            span,
            "everybody passes everywhere",
            "this rule takes the protection from the whole site",
        );
    }
}

/// Whether `later` never gets to decide because `earlier` fits whatever it fits.
fn hides(earlier: &RuleSetting, later: &RuleSetting) -> bool {
    let networks = earlier.from.is_empty()
        || (!later.from.is_empty() && later.from.iter().all(|net| holds(&earlier.from, net)));
    let methods = earlier.methods.is_empty()
        || (!later.methods.is_empty() && later.methods.iter().all(|it| earlier.methods.contains(it)));
    networks && methods && path::covers(&earlier.path, &later.path)
}

fn holds(nets: &[IpNet], net: &IpNet) -> bool {
    nets.iter().any(|wide| wide.contains(net))
}
