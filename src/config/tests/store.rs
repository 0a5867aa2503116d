//! Where things are kept: what is accepted, and what becomes of it. What is refused stands in
//! `bad_config`.

use std::path::Path;

use super::{Stage, smallest_and};
use crate::config::{Loaded, Settings, parse};
use crate::store::settings::{Place, RedisSettings, Through};

fn read(store: &str) -> Loaded {
    let stage = Stage::default()
        .file("/etc/doorward/redis", "hunter2\n")
        .file("/etc/doorward/other", "hunter3\n")
        .file(
            "/etc/doorward/master.key",
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n",
        );
    let text = smallest_and(&format!("store: {store}\nmaster_key: file:master.key\n"));
    let read = parse(&text, "config.yaml", Path::new("/etc/doorward"), &stage);
    read.unwrap_or_else(|report| panic!("{}", report.render(false)))
}

fn redis(store: &str) -> RedisSettings {
    match read(store).settings.store.place {
        Place::Redis(redis) => redis,
        Place::Embedded => panic!("{store} is the embedded one"),
    }
}

#[test]
fn a_redis_is_named_by_its_url() {
    for (url, place) in [
        ("redis://127.0.0.1", "redis://127.0.0.1:6379/0"),
        ("redis://127.0.0.1:7000/3", "redis://127.0.0.1:7000/3"),
        ("rediss://Redis.Example.com/", "rediss://redis.example.com:6379/0"),
        ("redis://[::1]:80", "redis://[::1]:80/0"),
        ("rediss://example.com:443", "rediss://example.com:443/0"),
    ] {
        assert_eq!(redis(&format!("{{redis: '{url}'}}")).place(), place);
    }
    assert!(matches!(read("embedded").settings.store.place, Place::Embedded));
}

#[test]
fn its_user_is_in_the_url_and_its_password_is_not_shown() {
    let store = "{redis: rediss://door%40ward@redis.example.com, password: file:redis}";
    let settings = redis(store);
    assert_eq!(settings.user.as_deref(), Some("door@ward"));
    assert_eq!(settings.password.as_ref().unwrap().expose(), "hunter2");
    assert!(!format!("{settings:?}").contains("hunter"));
    let shown = read(store).effective.to_text();
    assert!(shown.contains("  password: file:redis "), "{shown}");
    assert!(!shown.contains("hunter"), "{shown}");
}

#[test]
fn whoever_knows_the_primary_is_named() {
    let sentinels =
        "{redis: redis://127.0.0.1/2, sentinel: {name: main, others: ['127.0.0.1:7', 'localhost']}}";
    let sentinels = redis(sentinels);
    assert_eq!(
        sentinels.place(),
        "redis://127.0.0.1:26379,127.0.0.1:7,localhost:26379/2#main"
    );
    assert!(matches!(sentinels.through, Through::Sentinels(_)));
    let cluster = redis("{redis: redis://127.0.0.1, cluster: ['[::1]:80']}");
    assert_eq!(cluster.place(), "redis://127.0.0.1:6379,[::1]:80/0#cluster");
    assert!(matches!(cluster.through, Through::Cluster(_)));
    assert!(matches!(
        redis("{redis: redis://127.0.0.1}").through,
        Through::Nothing
    ));
}

#[test]
fn replicas_are_waited_for_where_it_says_so() {
    assert_eq!(redis("{redis: redis://127.0.0.1}").wait_replicas, 0);
    assert_eq!(
        redis("{redis: redis://127.0.0.1, wait_replicas: 2}").wait_replicas,
        2
    );
}

#[test]
fn another_redis_or_password_needs_a_restart() {
    let old = read("{redis: redis://127.0.0.1, password: file:redis}").settings;
    let changes = |store: &str| Settings::needs_restart(&old, &read(store).settings);
    assert!(changes("{redis: redis://127.0.0.1:6379/0, password: file:redis}").is_empty());
    for other in [
        "embedded",
        "{redis: redis://127.0.0.1/1, password: file:redis}",
        "{redis: redis://127.0.0.1, password: file:other}",
        "{redis: redis://me@127.0.0.1, password: file:redis}",
        "{redis: redis://127.0.0.1, password: file:redis, wait_replicas: 1}",
        "{redis: redis://127.0.0.1, password: file:redis, cluster: [localhost]}",
        "{redis: redis://127.0.0.1, password: file:redis, sentinel: {name: main}}",
    ] {
        assert_eq!(changes(other), ["store"], "{other}");
    }
}
