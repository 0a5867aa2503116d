//! A portal's servers: which one gets a request, and what is refused as one.

use super::super::settings::IdentityHeaders;
use super::*;

fn portal(servers: &[&str]) -> Upstream {
    let mut upstream = UpstreamSetting::plain("a.test", 80);
    upstream.servers = servers
        .iter()
        .map(|host| ServerSetting {
            host: (*host).to_owned(),
            port: 80,
        })
        .collect();
    Upstream::new(&SiteSetting {
        host: "gw.test".to_owned(),
        origin: "https://gw.test".to_owned(),
        secure: true,
        upstream,
        access: Vec::new(),
        scripts: Vec::new(),
        redirects_to: Vec::new(),
        identity_headers: IdentityHeaders::default(),
    })
    .unwrap()
}

fn address(last: u8) -> SocketAddr {
    SocketAddr::from(([192, 0, 2, last], 80))
}

fn listen(portal: &Upstream, server: usize, addresses: &[u8]) {
    let addresses = addresses.iter().map(|last| address(*last)).collect();
    portal.servers[server].set_addresses(addresses, &portal.reach);
}

/// Every address that a request is tried at, where none takes it.
fn tried(portal: &Upstream) -> Vec<String> {
    let mut turn = Turn::default();
    let mut tried = Vec::new();
    loop {
        let peer = portal.choose(&mut turn, false).unwrap();
        tried.push(peer.to_string());
        if !portal.try_another(&mut turn) {
            return tried;
        }
    }
}

#[test]
fn every_address_of_every_server_is_tried_once() {
    let portal = portal(&["a.test", "b.test"]);
    listen(&portal, 0, &[1, 2]);
    listen(&portal, 1, &[3]);
    let mut first = tried(&portal);
    assert_eq!(first.len(), 3);
    first.sort();
    first.dedup();
    assert_eq!(first.len(), 3, "{first:?}");
}

#[test]
fn the_address_that_answered_is_asked_first() {
    let portal = portal(&["a.test"]);
    listen(&portal, 0, &[1, 2]);
    let mut turn = Turn::default();
    portal.choose(&mut turn, false).unwrap();
    assert!(portal.try_another(&mut turn));
    let second = portal.choose(&mut turn, false).unwrap().to_string();
    let next = portal.choose(&mut Turn::default(), true).unwrap().to_string();
    assert_eq!(second, next);
    assert!(next.contains("192.0.2.2"), "{next}");
}

#[test]
fn servers_that_are_not_well_come_last() {
    let portal = portal(&["a.test", "b.test", "c.test"]);
    for (server, last) in [(0, 1), (1, 2), (2, 3)] {
        listen(&portal, server, &[last]);
    }
    portal.servers[1].set_well(false);
    for _ in 0..3 {
        let order = tried(&portal);
        assert_eq!(order.len(), 3);
        assert!(order[2].contains("192.0.2.2"), "{order:?}");
    }
}

#[test]
fn without_an_address_there_is_nobody_to_ask() {
    assert!(portal(&["a.test"]).choose(&mut Turn::default(), false).is_none());
}
