//! `store`: the embedded one, or Redis.

use percent_encoding::percent_decode_str;
use serde_json::Value as Json;
use url::Url;

use super::effective::Origin;
use super::net::{bare_host, is_loopback};
use super::report::Span;
use super::scalar::Fault;
use super::section::{Found, Section};
use super::tree::{Scalar, Value};
use crate::base::secret::Secret;
use crate::store::settings::{Address, Place, RedisSettings, Sentinels, Through};

const EXAMPLE: &str = "redis: rediss://doorward@redis.example.com:6379/0";

/// The usual port, with TLS as without.
const PORT: u16 = 6379;

/// More replicas than anybody waits for.
const MOST_REPLICAS: u8 = 10;

/// … and the one that Sentinels listen on.
const SENTINEL_PORT: u16 = 26379;

/// What a `redis` URL says, before the password has joined it.
struct RedisUrl {
    server: Server,
    tls: bool,
    user: Option<String>,
    database: u32,
}

/// A server, as it is written down.
struct Server {
    host: String,
    port: Option<u16>,
    loopback: bool,
}

impl Server {
    fn or_at(self, port: u16) -> Address {
        Address {
            host: self.host,
            port: self.port.unwrap_or(port),
        }
    }
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
    let nodes = it.list("cluster", Vec::new(), Json::Null, server);
    let sentinels = it.gives("sentinel").then(|| it.section("sentinel", sentinels));
    if sentinels.is_none() {
        it.take("sentinel");
        it.show("sentinel", Json::Null, Origin::Default);
    }
    let url = url?;
    let others = sentinels.iter().flat_map(|it| &it.others).chain(&nodes.value);
    let far = !url.value.server.loopback || others.into_iter().any(|it| !it.value.loopback);
    if !url.value.tls && far {
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
    if nodes.span.is_some() && sentinels.is_some() {
        it.error(
            nodes.span,
            "`cluster` and `sentinel` stand side by side",
            "a Cluster needs no Sentinels: keep one of them",
        );
    }
    if nodes.span.is_some() && url.value.database != 0 {
        it.error(
            url.span,
            "a Cluster has one database only",
            "end the URL with `/0`",
        );
    }
    let url = url.value;
    let port = if sentinels.is_some() { SENTINEL_PORT } else { PORT };
    let address = url.server.or_at(port);
    let through = match sentinels {
        Some(sentinels) => Through::Sentinels(sentinels.with(&address)),
        None if nodes.span.is_some() => Through::Cluster(all(&address, nodes.value, PORT)),
        None => Through::Nothing,
    };
    Some(RedisSettings {
        address,
        tls: url.tls,
        through,
        user: url.user,
        password: password.value,
        database: url.database,
        wait_replicas: wait_replicas.value,
    })
}

/// `store.sentinel`
struct Sentinel {
    name: String,
    others: Vec<Found<Server>>,
    user: Option<String>,
    password: Option<Secret<String>>,
}

impl Sentinel {
    fn with(self, first: &Address) -> Sentinels {
        Sentinels {
            primary: self.name,
            nodes: all(first, self.others, SENTINEL_PORT),
            user: self.user,
            password: self.password,
        }
    }
}

fn sentinels(it: &mut Section<'_, '_, '_>) -> Sentinel {
    let name = it.required("name", "name: main", word);
    let others = it.list("others", Vec::new(), Json::Null, server);
    let user = it.optional("user", word);
    let password = it.secret("password");
    if user.value.is_some() && password.span.is_none() {
        it.error(
            user.span,
            "`sentinel` names a user, but there is no `password`",
            "add `password: file:PATH`",
        );
    }
    Sentinel {
        name: name.map(|it| it.value).unwrap_or_default(),
        others: others.value,
        user: user.value,
        password: password.value,
    }
}

/// Whoever is asked, the first one included.
fn all(first: &Address, others: Vec<Found<Server>>, port: u16) -> Vec<Address> {
    let others = others.into_iter().map(|it| it.value.or_at(port));
    std::iter::once(first.clone()).chain(others).collect()
}

fn word(it: &Scalar) -> Result<String, Fault> {
    let plain = !it.text.is_empty() && it.text.chars().all(|it| it.is_ascii_graphic());
    plain
        .then(|| it.text.clone())
        .ok_or_else(|| Fault::new("is not a name", "letters, digits and signs, without spaces"))
}

/// `redis-2.example.com:6379`
fn server(it: &Scalar) -> Result<Server, Fault> {
    let bad = || {
        Fault::new(
            "is not a server",
            "a host, and a port where it is not the usual one: `redis-2.example.com:6379`",
        )
    };
    let own = Url::parse(&format!("redis://{}", it.text)).map_err(|_| bad())?;
    let known = Url::parse(&format!("http://{}", it.text)).map_err(|_| bad())?;
    let bare = known.path() == "/" && known.query().is_none() && known.fragment().is_none();
    if !bare || !known.username().is_empty() || known.password().is_some() || it.text.contains('/') {
        return Err(bad());
    }
    read_server(&own, &known).ok_or_else(bad)
}

/// `url` reads hosts (addresses, IDNA) only of the schemes that browsers know, and leaves out a port that
/// is theirs; so the host is read under one of those, the port under our own.
fn read_server(own: &Url, known: &Url) -> Option<Server> {
    if own.port() == Some(0) || bare_host(known).is_empty() {
        return None;
    }
    Some(Server {
        host: bare_host(known),
        port: own.port(),
        loopback: is_loopback(known),
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
    // What is wrong with it is said without repeating it: there may be a password in it.
    let own = Url::parse(url).ok();
    if own.is_some_and(|own| own.password().is_some()) {
        return Err(
            "no password in the URL, where every process sees it: give it with --password-stdin".to_owned(),
        );
    }
    let url = read_url(url).map_err(|fault| format!("{}: {}", fault.what, fault.hint))?;
    if url.user.is_some() && password.is_none() {
        return Err(
            "the URL names a user, but there is no password: give it with --password-stdin".to_owned(),
        );
    }
    Ok(RedisSettings {
        address: url.server.or_at(PORT),
        tls: url.tls,
        through: Through::Nothing,
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
    let own = Url::parse(text).map_err(|_| bad("the URL cannot be read"))?;
    let known = Url::parse(&format!("http://{rest}")).map_err(|_| bad("the host cannot be read"))?;
    if own.password().is_some() {
        return Err(bad("no password in the URL: write `password: file:PATH`"));
    }
    if own.query().is_some() || own.fragment().is_some() {
        return Err(bad("nothing may follow the number of the database"));
    }
    let server = read_server(&own, &known).ok_or_else(|| bad("`rediss://user@redis.example.com:6379/0`"))?;
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
        server,
        tls: scheme == "rediss",
        user: (!user.is_empty()).then(|| user.into_owned()),
        database,
    })
}
