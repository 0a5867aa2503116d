//! Which rule decides, and what it decides.

use std::net::IpAddr;

use http::Method;

use super::*;
use crate::base::client::ClientAddr;
use crate::base::time::Timestamp;
use crate::identity::account::Group;

const NOW: Timestamp = Timestamp::from_unix_seconds(1_800_000_000);

fn rule(path: &str, require: Requirement) -> Rule {
    Rule {
        path: Some(PathPattern::parse(path).unwrap()),
        methods: Vec::new(),
        from: Vec::new(),
        require,
    }
}

fn mfa() -> Requirement {
    Requirement::Mfa {
        groups: Vec::new(),
        within: None,
    }
}

fn admins() -> Requirement {
    Requirement::Mfa {
        groups: vec![Group::parse("admins").unwrap()],
        within: None,
    }
}

fn portal() -> RuleSet {
    RuleSet::new(vec![
        rule("/public/*", Requirement::Nothing),
        rule("/healthz", Requirement::Nothing),
        Rule {
            methods: vec![Method::GET],
            from: vec!["10.0.0.0/8".parse().unwrap()],
            ..rule("/status/*", Requirement::Nothing)
        },
        rule("/news/*", Requirement::Password),
        rule("/admin/*", admins()),
        rule("/internal/*", Requirement::Refusal),
    ])
}

fn decided(method: &Method, path: &str, from: &str) -> Decision {
    let ask = Ask {
        method,
        path: RequestPath::read(path.as_bytes()),
        client: ClientAddr::new(from.parse::<IpAddr>().unwrap()),
    };
    decide(&portal(), &ask, "/_auth", &Standing::Stranger, NOW)
}

fn get(path: &str) -> Decision {
    decided(&Method::GET, path, "192.0.2.1")
}

#[test]
fn no_match_asks_for_a_sign_in() {
    assert_eq!(get("/"), Decision::Challenge(Missing::SignIn));
    assert_eq!(get("/anything"), Decision::Challenge(Missing::SignIn));
}

#[test]
fn the_first_rule_that_fits_decides() {
    let permit = Decision::Forward(Permit::new(false));
    assert_eq!(get("/public/x"), permit);
    assert_eq!(get("/healthz"), permit);
    assert_eq!(get("/news/x"), Decision::Challenge(Missing::SignIn));
    assert_eq!(get("/internal/x"), Decision::Refuse(Refusal::Nobody));
}

#[test]
fn nothing_odd_is_let_off() {
    let odd = [
        "/public",
        "/publicity",
        "/Public/x",
        "/public//x",
        "/public/../admin/secret",
        "/public/%2e%2e/x",
        "/public/;x",
        "/public/%00",
        "/public/%0d%0a",
        "/public\\..\\admin",
        "/public/..%5cadmin",
        "/healthzz",
        "/HealthZ",
        "/healthz/../admin",
        "/healthz%2f..%2fadmin",
        "//public/x",
        "/./public/x",
        "/public/%25",
    ];
    for path in odd {
        assert_eq!(get(path), Decision::Challenge(Missing::SignIn), "{path}");
    }
}

#[test]
fn an_odd_path_meets_the_demand_of_every_rule_it_may_stand_for() {
    for path in [
        "/internal",
        "/INTERNAL/x",
        "/x/../internal/y",
        "/%69nternal/x",
        "/internal;x/y",
        "/public/../internal/x",
    ] {
        assert_eq!(get(path), Decision::Refuse(Refusal::Nobody), "{path}");
    }
}

#[test]
fn an_earlier_rule_that_fits_widely_binds_a_later_one_that_lets_off() {
    let rules = RuleSet::new(vec![
        rule("/a/*", Requirement::Refusal),
        rule("/*", Requirement::Nothing),
    ]);
    let refused = |path: &str| {
        let ask = Ask {
            method: &Method::GET,
            path: RequestPath::read(path.as_bytes()),
            client: ClientAddr::unspecified(),
        };
        decide(&rules, &ask, "/_auth", &Standing::Stranger, NOW)
    };
    assert_eq!(refused("/A/x"), Decision::Refuse(Refusal::Nobody));
    assert_eq!(refused("/a"), Decision::Refuse(Refusal::Nobody));
    assert_eq!(refused("/b"), Decision::Forward(Permit::new(false)));
}

#[test]
fn method_and_network_narrow_a_rule() {
    let permit = Decision::Forward(Permit::new(false));
    assert_eq!(decided(&Method::GET, "/status/x", "10.1.2.3"), permit);
    assert_eq!(
        decided(&Method::GET, "/status/x", "::ffff:10.1.2.3"),
        permit,
        "mapped addresses are IPv4"
    );
    for (method, from) in [
        (Method::POST, "10.1.2.3"),
        (Method::GET, "11.1.2.3"),
        (Method::HEAD, "10.1.2.3"),
    ] {
        assert_eq!(
            decided(&method, "/status/x", from),
            Decision::Challenge(Missing::SignIn),
            "{method} {from}"
        );
    }
    let lower = Method::from_bytes(b"get").unwrap();
    assert_eq!(
        decided(&lower, "/status/x", "10.1.2.3"),
        Decision::Challenge(Missing::SignIn)
    );
}

#[test]
fn everything_below_the_prefix_is_for_our_pages() {
    for path in [
        "/_auth",
        "/_auth/",
        "/_auth/sign-in",
        "/_auth/nothing",
        "/_AUTH/x",
        "/%5fauth/x",
        "/_auth/../admin",
    ] {
        assert_eq!(get(path), Decision::Pages, "{path}");
    }
    assert_eq!(get("/.well-known/change-password"), Decision::Pages);
    assert_eq!(
        get("/.well-known/acme-challenge/x"),
        Decision::Challenge(Missing::SignIn)
    );
    assert_eq!(get("/_authority"), Decision::Challenge(Missing::SignIn));
}

#[test]
fn a_permit_says_whether_the_answer_is_protected() {
    let rules = RuleSet::new(vec![rule("/open/*", Requirement::Nothing), rule("/x", mfa())]);
    let demands = |path: &str| {
        let ask = Ask {
            method: &Method::GET,
            path: RequestPath::read(path.as_bytes()),
            client: ClientAddr::unspecified(),
        };
        rules.demands(&ask).cloned().collect::<Vec<_>>()
    };
    assert_eq!(demands("/open/x"), [Requirement::Nothing]);
    assert_eq!(demands("/open//x"), [Requirement::Nothing, mfa()]);
    assert_eq!(demands("/x"), [mfa()]);
}

#[test]
fn an_explanation_names_every_rule() {
    let rules = portal();
    let ask = Ask {
        method: &Method::GET,
        path: RequestPath::read(b"/News/x"),
        client: ClientAddr::unspecified(),
    };
    let explained = explain::explain(&rules, &ask, "/_auth", &Standing::Stranger, NOW);
    let fits: Vec<_> = explained.reasons.iter().map(|reason| reason.fit).collect();
    let other = Some(Fit::OtherPath);
    assert_eq!(
        fits,
        [
            other,
            other,
            Some(Fit::OtherNetwork),
            Some(Fit::Widely),
            other,
            other
        ]
    );
    assert_eq!(explained.decided_by, None);
    assert_eq!(explained.decision, Decision::Challenge(Missing::SignIn));
}
