//! `store`: the embedded one, or Redis.

use percent_encoding::percent_decode_str;
use url::Url;

use super::net::{bare_host, is_loopback};
use super::report::Span;
use super::scalar::Fault;
use super::section::{Found, Section};
use super::tree::{Scalar, Value};
use crate::base::secret::Secret;
use crate::store::settings::{Place, RedisSettings};

const EXAMPLE: &str = "redis: rediss://doorward@redis.example.com:6379/0";

/// The usual port, with TLS as without.
const PORT: u16 = 6379;

/// More replicas than anybody waits for.
const MOST_REPLICAS: u8 = 10;

/// What a `redis` URL says, before the password has joined it.
struct RedisUrl {
    host: String,
    port: u16,
    tls: bool,
    user: Option<String>,
    database: u32,
    loopback: bool,
}

/// `store`, and where it stands if it is not the embedded one.
pub(super) fn place(top: &mut Section<'_, '_, '_>) -> Found<Place> {
    let place = match top.take("store").map(|pair| (pair, &pair.node.value)) {
        Some((pair, Value::Map(_))) => top.section("store", redis).map(|redis| (redis, pair.key_span)),
        Some((pair, Value::List(_))) => {
            top.wrong_shape(
                "store",
                Some(pair),
                "`embedded` or a map",
                &format!("write `{{{EXAMPLE}, password: file:PATH}}`"),
            );
            None
        }
        _ => {
            top.word("store", (), &[("embedded", ())]);
            None
        }
    };
    match place {
        Some((redis, span)) => Found {
            value: Place::Redis(redis),
            span: Some(span),
        },
        None => super::section::absent(Place::Embedded),
    }
}

/// `None` is an error that has been recorded.
fn redis(it: &mut Section<'_, '_, '_>) -> Option<RedisSettings> {
    let url = it.required("redis", EXAMPLE, redis_url);
    let password = it.secret("password");
    let wait_replicas = it.count("wait_replicas", 0, 0..=MOST_REPLICAS);
    let url = url?;
    if !url.value.tls && !url.value.loopback {
        it.warn(
            url.span,
            "accounts and sessions cross the network in the clear",
            "write `rediss://`, and let Redis listen with TLS",
        );
    }
    if url.value.user.is_some() && password.span.is_none() {
        it.error(
            url.span,
            "`redis` names a user, but there is no `password`",
            "add `password: file:PATH`",
        );
    }
    let url = url.value;
    Some(RedisSettings {
        host: url.host,
        port: url.port,
        tls: url.tls,
        user: url.user,
        password: password.value,
        database: url.database,
        wait_replicas: wait_replicas.value,
    })
}

/// A key that each node would generate by itself is none that nodes can share.
pub(super) fn needs_given_key(top: &mut Section<'_, '_, '_>, store: Option<Span>) {
    if store.is_some() && !top.gives("master_key") {
        top.error(
            store,
            "`store` is Redis, but there is no `master_key`",
            "all nodes need the same: `master_key: file:PATH`, made with `openssl rand -base64 32`",
        );
    }
}

/// Where a Redis is that a verb was given, with its password.
///
/// # Errors
///
/// What is wrong with the URL, and what would be right.
pub fn redis_at(url: &str, password: Option<Secret<String>>) -> Result<RedisSettings, String> {
    let url = read_url(url).map_err(|fault| format!("{url} {}: {}", fault.what, fault.hint))?;
    if url.user.is_some() && password.is_none() {
        return Err("the URL names a user, but there is no password".to_owned());
    }
    Ok(RedisSettings {
        host: url.host,
        port: url.port,
        tls: url.tls,
        user: url.user,
        password,
        database: url.database,
        wait_replicas: 0,
    })
}

fn redis_url(it: &Scalar) -> Result<RedisUrl, Fault> {
    read_url(&it.text)
}

fn read_url(text: &str) -> Result<RedisUrl, Fault> {
    let bad = |hint: &str| Fault::new("is not a Redis server", hint);
    let (scheme, rest) = text
        .split_once("://")
        .ok_or_else(|| bad("`rediss://user@redis.example.com:6379/0`"))?;
    if !matches!(scheme, "redis" | "rediss") {
        return Err(bad("it starts with `rediss://` or `redis://`"));
    }
    // `url` reads hosts (addresses, IDNA) only of the schemes that browsers know, and leaves out a
    // port that is theirs; so the host is read under one of those, the port under our own.
    let own = Url::parse(text).map_err(|_| bad("the URL cannot be read"))?;
    let known = Url::parse(&format!("http://{rest}")).map_err(|_| bad("the host cannot be read"))?;
    if own.password().is_some() {
        return Err(bad("no password in the URL: write `password: file:PATH`"));
    }
    if own.query().is_some() || own.fragment().is_some() {
        return Err(bad("nothing may follow the number of the database"));
    }
    if own.port() == Some(0) || bare_host(&known).is_empty() {
        return Err(bad("`rediss://user@redis.example.com:6379/0`"));
    }
    let database = match own.path() {
        "" | "/" => 0,
        path => path
            .strip_prefix('/')
            .filter(|number| number.len() <= 4 && number.bytes().all(|it| it.is_ascii_digit()))
            .and_then(|number| number.parse().ok())
            .ok_or_else(|| bad("the number of the database ends it: `/0`"))?,
    };
    let user = percent_decode_str(own.username())
        .decode_utf8()
        .map_err(|_| bad("the user is not UTF-8"))?;
    Ok(RedisUrl {
        host: bare_host(&known),
        port: own.port().unwrap_or(PORT),
        tls: scheme == "rediss",
        user: (!user.is_empty()).then(|| user.into_owned()),
        database,
        loopback: is_loopback(&known),
    })
}
