//! `sms`: the provider that takes text messages over HTTP, and whether anybody uses it.

use http::Method;
use http::header::{HeaderName, HeaderValue};
use serde_json::json;
use url::Url;

use super::effective::Origin;
use super::net::is_loopback;
use super::report::Span;
use super::scalar::Fault;
use super::secrets;
use super::section::{Found, Section};
use super::tree::{Pair, Scalar, Value};
use super::typed::line;
use super::upstream::sounds_secret;
use crate::base::secret::Secret;
use crate::identity::settings::SecondFactorSettings;
use crate::messaging::sms::{Escaping, Header, Provider, Template, Values};

const EXAMPLE: &str = "sms: {url: https://sms.example.com/v1/messages, headers: {Authorization: file:PATH}, body: '{\"to\": \"{to}\", \"text\": \"{text}\"}'}";

/// How the provider wants to be asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Verb {
    Post,
    Put,
    Get,
}

const VERBS: [(&str, Verb); 3] = [("POST", Verb::Post), ("PUT", Verb::Put), ("GET", Verb::Get)];

impl Verb {
    fn method(self) -> Method {
        match self {
            Self::Post => Method::POST,
            Self::Put => Method::PUT,
            Self::Get => Method::GET,
        }
    }
}

/// Headers that belong to each request, and not to the operator.
const OURS: [&str; 10] = [
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
];

/// `sms`. `None`: there is no provider, or an error that has been recorded.
pub(super) fn provider(top: &mut Section<'_, '_, '_>) -> Found<Option<Provider>> {
    let span = top.take("sms").map(|pair| pair.key_span);
    if !top.gives("sms") {
        top.show("sms", json!(null), Origin::Default);
        return super::section::absent(None);
    }
    let value = top.section("sms", |it| {
        let url = written(it, "url");
        if url.is_none() {
            it.missing("url", "url: https://sms.example.com/v1/messages");
        }
        let method = it.word("method", Verb::Post, &VERBS);
        let (headers, content_type) = headers(it);
        let body = written(it, "body");
        let from = it.optional("from", line);
        let url = address(it, url?)?;
        let body = match (body, method.value == Verb::Get) {
            (Some(body), true) => {
                it.error(
                    body.span,
                    "`body` with `method: GET`",
                    "put the places into `url`: `?to={to}&text={text}`",
                );
                None
            }
            (Some(body), false) => Some(read_body(it, body, content_type)?),
            (None, _) => None,
        };
        let at = span;
        check_places(it, at, &url, body.as_ref().map(|(body, _)| body), &from);
        let (body, content_type) = body.map_or((None, String::new()), |(body, kind)| (Some(body), kind));
        Some(Provider {
            url,
            method: method.value.method(),
            headers,
            body,
            content_type,
            from: from.value,
        })
    });
    Found { value, span }
}

/// A text that is written in the file or is somewhere else, and may hold the provider's key.
fn written(it: &mut Section<'_, '_, '_>, key: &'static str) -> Option<Found<Secret<String>>> {
    let Some((pair, Value::Text(scalar))) = it.take(key).map(|pair| (pair, &pair.node.value)) else {
        let pair = it.take(key).filter(|pair| pair.node.value != Value::Null);
        it.wrong_shape(key, pair, "a single value", "write one value, in quotes");
        it.show(key, json!(null), Origin::Default);
        return None;
    };
    let span = pair.node.span;
    if secrets::is_reference(&scalar.text) {
        it.show(key, json!(scalar.text), Origin::Secret(scalar.text.clone()));
    } else if sounds_secret(&scalar.text) {
        it.reading.inline.push(span);
        it.show(key, json!("[secret]"), Origin::InlineSecret(span.line));
    } else {
        it.show(key, json!(scalar.text), Origin::Line(span.line));
    }
    match secrets::read(&scalar.text, it.reading.base, it.reading.machine) {
        Ok(value) => Some(Found {
            value,
            span: Some(span),
        }),
        Err(fault) => {
            it.error(span, format!("`{key}` {}", fault.what), fault.hint);
            None
        }
    }
}

/// An address whose places stand behind its host: nobody's number or text decides who is asked.
fn address(it: &mut Section<'_, '_, '_>, found: Found<Secret<String>>) -> Option<Template> {
    match read_address(found.value.expose()) {
        Ok(template) => Some(template),
        Err(fault) => {
            it.error(found.span, format!("`url` {}", fault.what), fault.hint);
            None
        }
    }
}

fn read_address(text: &str) -> Result<Template, Fault> {
    let bad = |hint: &str| Fault::new("is not a provider's address", hint);
    let template =
        Template::read(text, Escaping::Percent).map_err(|_| bad("`https://sms.example.com/v1/messages`"))?;
    let sample = Values {
        to: "+41",
        text: "a b",
        from: "x",
    };
    let parse =
        |text: &str| Url::parse(text).map_err(|_| bad("write it like `https://sms.example.com/v1/messages`"));
    let whole = parse(&template.fill(&sample))?;
    let head = parse(template.head())?;
    if !matches!(whole.scheme(), "http" | "https") || whole.host_str().is_none_or(str::is_empty) {
        return Err(bad("it starts with `https://`"));
    }
    if !whole.username().is_empty() || whole.password().is_some() {
        return Err(bad(
            "no user and no password in it: write `headers: {Authorization: file:PATH}`",
        ));
    }
    if whole.scheme() == "http" && !is_loopback(&whole) {
        return Err(bad("`https://`: codes leave this machine only encrypted"));
    }
    if whole.fragment().is_some() {
        return Err(bad("nothing behind a `#` is ever sent"));
    }
    let after_host = |url: &str| url.splitn(4, '/').count() > 3 || url.contains('?');
    let fixed = template.fill(&sample) == template.head();
    if head.origin() != whole.origin() || (!fixed && !after_host(template.head())) {
        return Err(bad("`{to}`, `{text}` and `{from}` stand behind the host"));
    }
    Ok(template)
}

/// `headers`: a map whose keys are the provider's. The content type decides how the body is escaped.
fn headers(it: &mut Section<'_, '_, '_>) -> (Vec<Header>, Option<Found<String>>) {
    let pairs = match it.take("headers").map(|pair| (pair, &pair.node.value)) {
        None | Some((_, Value::Null)) => &[][..],
        Some((_, Value::Map(pairs))) => pairs.as_slice(),
        Some((pair, _)) => {
            it.wrong_shape(
                "headers",
                Some(pair),
                "a map",
                "write `{Authorization: file:PATH}`",
            );
            &[][..]
        }
    };
    if pairs.is_empty() {
        it.show("headers", json!({}), Origin::Default);
    }
    let mut kept = Vec::new();
    let mut content_type = None;
    for pair in pairs {
        let Some((name, value)) = header(it, pair) else {
            continue;
        };
        if name == http::header::CONTENT_TYPE {
            content_type = Some(Found {
                value: value.expose().clone(),
                span: Some(pair.node.span),
            });
        } else {
            kept.push((name, value));
        }
    }
    (kept, content_type)
}

fn header(it: &mut Section<'_, '_, '_>, pair: &Pair) -> Option<Header> {
    let Ok(name) = HeaderName::from_bytes(pair.key.as_bytes()) else {
        it.error(
            pair.key_span,
            "a key of `headers` is not a header",
            "letters, digits and `-`",
        );
        return None;
    };
    if OURS.contains(&name.as_str()) {
        let message = format!("`{}` cannot be set", pair.key);
        it.error(pair.key_span, message, "each request has its own");
        return None;
    }
    let Value::Text(scalar) = &pair.node.value else {
        it.wrong_shape(&pair.key, Some(pair), "a single value", "write one value");
        return None;
    };
    show_header(it, pair, scalar);
    let value = secrets::read(&scalar.text, it.reading.base, it.reading.machine).and_then(|value| {
        if HeaderValue::from_str(value.expose()).is_ok() {
            Ok(value)
        } else {
            Err(Fault::new(
                "cannot stand in a header",
                "one line of visible ASCII characters",
            ))
        }
    });
    match value {
        Ok(value) => Some((name, value)),
        Err(fault) => {
            it.error(
                pair.node.span,
                format!("`{}` {}", pair.key, fault.what),
                fault.hint,
            );
            None
        }
    }
}

fn show_header(it: &mut Section<'_, '_, '_>, pair: &Pair, scalar: &Scalar) {
    let (shown, origin) = if secrets::is_reference(&scalar.text) {
        (scalar.text.as_str(), Origin::Secret(scalar.text.clone()))
    } else if sounds_secret(&pair.key) {
        it.reading.inline.push(pair.node.span);
        ("[secret]", Origin::InlineSecret(pair.key_span.line))
    } else {
        (scalar.text.as_str(), Origin::Line(pair.key_span.line))
    };
    it.show_below("headers", &pair.key, json!(shown), origin);
}

fn read_body(
    it: &mut Section<'_, '_, '_>,
    body: Found<Secret<String>>,
    content_type: Option<Found<String>>,
) -> Option<(Template, String)> {
    let text = body.value.expose();
    let kind = match &content_type {
        Some(found) => found.value.clone(),
        None if text.trim_start().starts_with(['{', '[']) => "application/json".to_owned(),
        None => "application/x-www-form-urlencoded".to_owned(),
    };
    let essence = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let escaping = match essence.as_str() {
        "application/x-www-form-urlencoded" => Escaping::Percent,
        "application/json" => Escaping::Json,
        other if other.ends_with("+json") => Escaping::Json,
        _ => {
            let at = content_type.and_then(|found| found.span);
            it.error(
                at.or(body.span),
                "a body of this type cannot be filled in",
                "`application/json` or `application/x-www-form-urlencoded`",
            );
            return None;
        }
    };
    match Template::read(text, escaping) {
        Ok(template) => Some((template, kind)),
        Err(_) => {
            it.error(
                body.span,
                "`body` is not JSON once it is filled in",
                "each place stands within a string: `{\"to\": \"{to}\", \"text\": \"{text}\"}`",
            );
            None
        }
    }
}

/// Number and text have to go somewhere, and a sender where it is asked for.
fn check_places(
    it: &mut Section<'_, '_, '_>,
    at: Option<Span>,
    url: &Template,
    body: Option<&Template>,
    from: &Found<Option<String>>,
) {
    let somewhere = |has: fn(&Template) -> bool| has(url) || body.is_some_and(has);
    for (name, has) in [
        ("{to}", Template::names_to as fn(&Template) -> bool),
        ("{text}", Template::names_text),
    ] {
        if !somewhere(has) {
            let message = format!("`{name}` stands neither in `body` nor in `url`");
            it.error(at, message, format!("write for example `{EXAMPLE}`"));
        }
    }
    let names_from = somewhere(Template::names_from);
    if names_from && from.value.is_none() {
        it.error(
            at,
            "`{from}` is used, but there is no `from`",
            "add `from: Portal`",
        );
    }
    if !names_from && from.span.is_some() {
        it.warn(
            from.span,
            "`from` is never used",
            "write `{from}` into `body` or `url`",
        );
    }
}

/// Text messages that are on need a provider; a provider alone does not switch them on.
pub(super) fn in_use(
    top: &mut Section<'_, '_, '_>,
    rules: &SecondFactorSettings,
    place: Option<Span>,
    provider: &Found<Option<Provider>>,
) {
    if rules.sms.is_some() && provider.span.is_none() {
        top.error(
            place,
            "text messages are on, but there is no provider",
            format!("add `{EXAMPLE}`"),
        );
    }
    if rules.sms.is_none() && provider.span.is_some() {
        top.warn(
            provider.span,
            "text messages are off: nobody uses this provider",
            "`second_factor: {sms: {use: recovery}}` switches them on",
        );
    }
}
