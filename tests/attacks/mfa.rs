//! The order of steps, and browsers that are half way in.

use std::time::Duration;

use doorward::base::secret::Secret;
use doorward::identity::factor::Factor;
use doorward::web::routes::ROUTES;
use http::{HeaderMap, Method};

use super::visit::{
    self, ALICE, BOB, FLOW, OnTls, SESSION, after_password, count_events, expect_login, expect_served,
    half_way, with_alice,
};
use crate::rig::client::Client;
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::h2::H2;
use crate::rig::raw::Raw;
use crate::rig::walk;

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

#[tokio::test]
async fn mfa_01_straight_to_the_portal() {
    let (rig, _) = with_alice().await;
    let (mut alice, _) = half_way(&rig, ALICE).await;

    let page = alice.open("/reports").await.expect("code-app");

    assert_eq!(page.path, "/_auth/code/app");
    expect_login(&rig, &alice).await;
    assert_eq!(rig.up.hits(), 0);
}

#[tokio::test]
async fn mfa_02_every_shape_of_request() {
    let on_tls = OnTls::start().await;
    let rig = &on_tls.rig;
    rig.add(ALICE).await;
    rig.give_app(ALICE).await;
    let mut alice = on_tls.client();
    after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-app");

    assert_eq!(alice.post("/", "a=b").await.status, 303);
    assert_eq!(alice.send("HEAD", "/", &[], b"").await.status, 401);
    assert_eq!(
        alice.send("GET", "/", &[("Range", "bytes=0-")], b"").await.status,
        401
    );
    assert_eq!(alice.send("POST", "/", &[FORM], b"a=b").await.status, 401);
    assert_eq!(alice.send("OPTIONS", "/", &[], b"").await.status, 401);
    assert_eq!(alice.fetch("/").await.status, 401);
    let xhr = [("X-Requested-With", "XMLHttpRequest"), ("Accept", "*/*")];
    assert_eq!(alice.send("GET", "/", &xhr, b"").await.status, 401);
    let origin = rig.place.origin.clone();
    let socket = alice.websocket("/ws", Some(&origin)).await;
    assert_eq!(socket.err().map(|it| it.status), Some(401));
    assert_eq!(alice.stream("/events").await.0.status, 401);
    let absolute = alice.head("GET", &format!("{origin}/"), &[]);
    assert_eq!(
        alice.connect().await.send(absolute).await.answer().await.status,
        401
    );

    let raw = Raw::connect_tls(rig.app.addresses[0], &on_tls.trust, "localhost", &["h2"]).await;
    let h2 = H2::over(raw, &origin).await;
    let mut fields = HeaderMap::new();
    fields.insert("cookie", alice.jar.field().unwrap().parse().unwrap());
    assert_eq!(h2.get("/", &fields).await.unwrap().status, 401);
    let posted = h2.send(Method::POST, "/", &fields, b"a=b").await.unwrap();
    assert_eq!(posted.status, 401);
    assert_eq!(on_tls.up.hits(), 0);
}

#[tokio::test]
async fn mfa_07_cross_user_submit() {
    let (rig, _) = with_alice().await;
    rig.add(BOB).await;
    let theirs = rig.give_app(BOB).await;
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let (mut bob, at_bob) = half_way(&rig, BOB).await;
    let bob_id = rig.account(BOB).await.id;
    let code = rig.code_of(&theirs);

    let refused = walk::give_app_code(&mut alice, &page, &code).await;
    assert_eq!(
        (refused.status, refused.name().as_deref()),
        (422, Some("code-app"))
    );
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
    for extra in [
        format!("username={BOB}"),
        format!("user_id={bob_id}"),
        format!("account={bob_id}"),
    ] {
        let body = format!("csrf={csrf}&code={code}&{extra}");
        assert_eq!(alice.post("/_auth/code/app", &body).await.status, 422, "{extra}");
    }

    expect_login(&rig, &alice).await;
    expect_login(&rig, &bob).await;
    assert_eq!(count_events(&rig, ALICE, "factor.failed").await, 4);
    assert_eq!(count_events(&rig, BOB, "factor.failed").await, 0);
    // Bob's code was used up by nothing of that.
    walk::give_app_code(&mut bob, &at_bob, &code)
        .await
        .expect("trust");
}

#[tokio::test]
async fn mfa_09_method_downgrade() {
    let (rig, _) = with_alice().await;
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();

    let chosen = alice
        .post("/_auth/methods", &format!("csrf={csrf}&method=email"))
        .await;
    assert_eq!(chosen.status, 403, "{}", chosen.text());
    assert_eq!(alice.get("/_auth/code/email").await.status, 403);
    let sent = alice
        .post("/_auth/code/email/send", &format!("csrf={csrf}"))
        .await;
    assert_eq!(sent.status, 403);
    let typed = alice
        .post("/_auth/code/email", &format!("csrf={csrf}&code=123456"))
        .await;
    assert_eq!(typed.status, 403);
    let recovery = alice
        .post("/_auth/methods", &format!("csrf={csrf}&method=recovery"))
        .await;
    assert_eq!(recovery.status, 403, "there are no recovery codes");
    assert!(
        !recovery.html().words().contains("another website"),
        "nobody else is to blame"
    );
    let page = alice.get("/_auth/code/recovery").await;
    assert_eq!(
        (page.status, page.location()),
        (303, "/_auth/methods"),
        "and their page leads to what there is"
    );

    assert_eq!(rig.smtp.count(), 0);
    expect_login(&rig, &alice).await;
    alice.open("/_auth/sign-in").await.expect("code-app");
    // Such an event is written half a second later, or with the next commit: this is one.
    let mut other = rig.client();
    let page = other.open("/").await.expect("sign-in");
    walk::give_password(&mut other, &page, ALICE, "not the password").await;
    assert_eq!(count_events(&rig, ALICE, "factor.sent").await, 0);
}

#[tokio::test]
async fn mfa_09_an_app_that_was_added_meanwhile() {
    let rig = Rig::start().await;
    rig.add(ALICE).await;
    let mut alice = rig.client();
    let page = after_password(&mut alice, ALICE, PASSWORD)
        .await
        .expect("code-email");
    let code = rig.smtp.next_for(ALICE, 0).await.code();

    rig.give_app(ALICE).await;

    let refused = alice
        .submit(&page, &page.form("/_auth/code/email").set("code", &code))
        .await;
    assert_eq!(refused.status, 403);
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn mfa_10_degenerate_codes() {
    let (rig, app) = with_alice().await;
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();

    let no_codes = [
        "",
        "code=",
        "code=null",
        "code=undefined",
        "code=[]",
        "code[]=123456",
        "code=true",
        "code=0",
        "code=1e5",
        "code=1e0005",
        "code=%00",
        "code=%00%00%00%00%00%00",
        "code=NaN",
        "code=-12345",
        "code=1234567",
        "skip=1",
        "step=done",
        "code=&skip=1&step=done&method=none",
        "CODE=123456",
    ];
    for body in no_codes {
        let answer = alice
            .post("/_auth/code/app", &format!("csrf={csrf}&{body}"))
            .await;
        assert_eq!(answer.status, 422, "{body}: {}", answer.text());
        assert_eq!(answer.name().as_deref(), Some("code-app"), "{body}");
        assert_eq!(alice.jar.get(SESSION), None, "{body}");
    }
    let twice = format!("csrf={csrf}&code=111111&code={}", rig.code_of(&app));
    assert_eq!(alice.post("/_auth/code/app", &twice).await.status, 400);
    let json = format!(r#"{{"csrf":"{csrf}","code":"{}"}}"#, rig.code_of(&app));
    let kind = [("Content-Type", "application/json"), ("Accept", "text/html")];
    let answer = alice
        .send("POST", "/_auth/code/app", &kind, json.as_bytes())
        .await;
    assert_eq!(answer.status, 415);
    assert_eq!(
        count_events(&rig, ALICE, "factor.failed").await,
        0,
        "none was a guess"
    );

    let zeros = if rig.code_of(&app) == "000000" {
        "999999"
    } else {
        "000000"
    };
    let wrong = walk::give_app_code(&mut alice, &page, zeros).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(
        count_events(&rig, ALICE, "factor.failed").await,
        1,
        "that was one"
    );
    expect_login(&rig, &alice).await;
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("trust");
}

#[tokio::test]
async fn mfa_11_flow_expiry() {
    let (rig, app) = with_alice().await;
    let (mut in_time, page) = half_way(&rig, ALICE).await;
    rig.advance(Duration::from_secs(15 * 60 - 1));
    walk::give_app_code(&mut in_time, &page, &rig.code_of(&app))
        .await
        .expect("trust");

    let (mut late, page) = half_way(&rig, ALICE).await;
    rig.advance(Duration::from_secs(15 * 60 + 1));
    walk::give_app_code(&mut late, &page, &rig.code_of(&app))
        .await
        .expect("sign-in");
    assert_eq!(late.jar.get(SESSION), None);
    let page = late.open("/").await.expect("sign-in");
    walk::give_password(&mut late, &page, ALICE, PASSWORD)
        .await
        .expect("code-app");
}

#[tokio::test]
async fn mfa_11_a_password_lasts_an_hour() {
    let (rig, app) = with_alice().await;
    let mut alice = rig.client();
    let tab = alice.open("/").await.expect("sign-in");
    let page = walk::give_password(&mut alice, &tab, ALICE, PASSWORD)
        .await
        .expect("code-app");
    // The password once more, in a tab that was open before: a completed step of the same flow.
    for _ in 0..4 {
        rig.advance(Duration::from_secs(14 * 60));
        walk::give_password(&mut alice, &tab, ALICE, PASSWORD)
            .await
            .expect("code-app");
    }

    rig.advance(Duration::from_secs(4 * 60 - 1));
    alice.open("/").await.expect("code-app");
    rig.advance(Duration::from_secs(1));
    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("sign-in");
    assert_eq!(alice.jar.get(SESSION), None);
}

#[tokio::test]
async fn mfa_12_flow_bound_to_the_browser() {
    let (rig, app) = with_alice().await;
    let (alice, page) = half_way(&rig, ALICE).await;
    let form = page.form("/_auth/code/app").set("code", &rig.code_of(&app));

    let mut without = rig.client();
    let answer = without.submit(&page, &form).await;
    assert_eq!(answer.status, 303);
    assert!(answer.location().starts_with("/_auth/sign-in"));
    assert_eq!(without.jar.get(SESSION), None);

    // With an anonymous flow of its own.
    let mut other = rig.client();
    other.open("/").await.expect("sign-in");
    let answer = other.submit(&page, &form).await;
    assert_eq!(answer.status, 303);
    assert!(answer.location().starts_with("/_auth/sign-in"));
    // Half way in as somebody else.
    rig.add(BOB).await;
    rig.give_app(BOB).await;
    let (mut bob, _) = half_way(&rig, BOB).await;
    let answer = bob.submit(&page, &form).await;
    assert_eq!((answer.status, bob.jar.get(SESSION)), (422, None));
    assert_eq!(count_events(&rig, ALICE, "factor.ok").await, 0);
    expect_login(&rig, &alice).await;
}

/// Half way in, then `change`, then the right code.
async fn flow_dies(change: impl AsyncFnOnce(&Rig)) {
    let (rig, app) = with_alice().await;
    let (mut alice, page) = half_way(&rig, ALICE).await;

    change(&rig).await;

    walk::give_app_code(&mut alice, &page, &rig.code_of(&app))
        .await
        .expect("sign-in");
    assert_eq!(alice.jar.get(SESSION), None);
    alice.open("/").await.expect("sign-in");
    expect_login(&rig, &alice).await;
    assert_eq!(count_events(&rig, ALICE, "session.opened").await, 0);
}

#[tokio::test]
async fn mfa_13_state_change_during_the_flow() {
    flow_dies(async |rig| {
        let new = Secret::new("quite another long password".to_owned());
        let desk = &rig.app.desk;
        desk.admin_set_password(ALICE, &new, &visit::operator())
            .await
            .unwrap();
    })
    .await;
    flow_dies(async |rig| {
        rig.app.desk.admin_lock(ALICE, &visit::operator()).await.unwrap();
    })
    .await;
    flow_dies(async |rig| {
        let desk = &rig.app.desk;
        desk.admin_lock(ALICE, &visit::operator()).await.unwrap();
        desk.admin_unlock(ALICE, &visit::operator()).await.unwrap();
    })
    .await;
    flow_dies(async |rig| {
        rig.app
            .desk
            .admin_reset_mfa(ALICE, &visit::operator())
            .await
            .unwrap();
    })
    .await;
}

/// Everything that any page takes, in one form.
fn everything(csrf: &str, code: &str) -> String {
    format!(
        "csrf={csrf}&username={ALICE}&password=wrong&code={code}&recovery_code={code}&method=email&trust=yes\
         &device_name=x&saved=yes&lang=en&name=x&step=done"
    )
}

/// A page that takes a form, sent one by a browser in this state: no session comes of it.
async fn no_way_in(rig: &Rig, client: &Client, path: &str, csrf: &str) {
    let mut client = client.clone();
    let answer = client
        .post(&format!("/_auth{path}"), &everything(csrf, "123456"))
        .await;
    assert!(answer.status < 500, "{path}: {answer:?}");
    assert_eq!(client.jar.get(SESSION), None, "{path}");
    expect_login(rig, &client).await;
}

#[tokio::test]
async fn mfa_16_all_pathways() {
    let (rig, app) = with_alice().await;
    visit::give_recovery_codes(&rig, ALICE, 10).await;
    // No page makes a session of less than all factors, whatever it is sent.
    for route in ROUTES {
        let mut stranger = rig.client();
        let page = stranger.get("/_auth/sign-in").await.expect("sign-in");
        let csrf = page.form("/_auth/sign-in").value("csrf").unwrap().to_owned();
        no_way_in(&rig, &stranger, route.path, &csrf).await;
        let (alice, page) = half_way(&rig, ALICE).await;
        let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
        no_way_in(&rig, &alice, route.path, &csrf).await;
        // What was counted is no part of this.
        rig.advance(Duration::from_secs(25 * 60 * 60));
    }
    // Each that does is told by what was proven in it.
    let by_app = visit::signed_in(&rig, ALICE, &app).await;
    expect_served(&rig, &by_app).await;
    assert_eq!(rig.up.last().all("remote-auth-method"), ["password+app"]);
    let opened = rig.app.desk.store.sessions_of(rig.account(ALICE).await.id).await;
    let proven: Vec<Option<Factor>> = opened
        .unwrap()
        .iter()
        .map(|(_, session)| session.proven.second.map(|it| it.0))
        .collect();
    assert_eq!(proven, [Some(Factor::App)]);
    assert_eq!(by_app.jar.get(FLOW), None);
}

#[tokio::test]
async fn mfa_04_half_way_in_changes_nothing() {
    let (rig, _) = with_alice().await;
    visit::give_recovery_codes(&rig, ALICE, 10).await;
    let before = format!("{:?}", rig.account(ALICE).await);
    let (mut alice, page) = half_way(&rig, ALICE).await;
    let csrf = page.form("/_auth/code/app").value("csrf").unwrap().to_owned();
    let app = rig.account(ALICE).await.apps[0].id;

    let account = [
        ("account/app", "begin=app".to_owned()),
        ("account/app", format!("replace={app}")),
        ("account/app", format!("remove={app}")),
        ("account/app/setup", "code=123456&app_name=x".to_owned()),
        ("account/app/remove", String::new()),
        (
            "account/password",
            format!("current_password={PASSWORD}&new_password=quite another long password"),
        ),
        ("account/recovery-codes", "create=yes".to_owned()),
        ("account/recovery-codes/new", "saved=yes".to_owned()),
        ("account/devices", "remember=yes".to_owned()),
        ("account/language", "lang=de".to_owned()),
        ("account/email", "email=carol@example.org".to_owned()),
        ("confirm", format!("password={PASSWORD}&code=123456")),
    ];
    for (page, fields) in account {
        let answer = alice
            .post(
                &format!("/_auth/{page}"),
                &format!("csrf={csrf}&{}", fields.replace(' ', "+")),
            )
            .await;
        assert_eq!(answer.status, 403, "{page} {fields}: {}", answer.text());
        let shown = alice.get(&format!("/_auth/{page}")).await;
        assert_eq!(shown.status, 303, "{page}");
    }
    for step in ["why", "app", "codes", "done"] {
        let path = format!("/_auth/setup/{step}");
        let answer = alice
            .post(&path, &format!("csrf={csrf}&code=123456&saved=yes"))
            .await;
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/_auth/code/app"),
            "{step}"
        );
        assert_eq!(alice.get(&path).await.location(), "/_auth/code/app", "{step}");
    }

    assert_eq!(format!("{:?}", rig.account(ALICE).await), before);
    expect_login(&rig, &alice).await;
}

#[tokio::test]
async fn mfa_18_freshness_for_changes() {
    let (rig, app) = with_alice().await;
    visit::give_recovery_codes(&rig, ALICE, 10).await;
    let mut alice = visit::signed_in(&rig, ALICE, &app).await;
    rig.advance(Duration::from_secs(5 * 60 + 1));
    let csrf = visit::token_of(&mut alice).await;
    let held = rig.account(ALICE).await.apps[0].id;
    let before = format!("{:?}", rig.account(ALICE).await);

    for (page, fields) in [
        ("account/app", "begin=app".to_owned()),
        ("account/app", format!("replace={held}")),
        ("account/app", format!("remove={held}")),
        ("account/recovery-codes", "create=yes".to_owned()),
        ("account/devices", "remember=yes".to_owned()),
        ("account/devices", "remove_all=yes".to_owned()),
    ] {
        let answer = alice
            .post(&format!("/_auth/{page}"), &format!("csrf={csrf}&{fields}"))
            .await;
        assert_eq!(
            (answer.status, answer.location()),
            (303, "/_auth/confirm"),
            "{page} {fields}: {}",
            answer.text()
        );
        let asked = alice.open("/_auth/confirm").await.expect("confirm");
        let form = asked.form("/_auth/confirm");
        assert!(form.value("password").is_some(), "{page} {fields}");
        assert!(form.value("code").is_some(), "{page} {fields}");
    }
    // The page of the password asks for that itself.
    let body = format!("csrf={csrf}&current_password={PASSWORD}&new_password=quite another long password");
    let answer = alice
        .post("/_auth/account/password", &body.replace(' ', "+"))
        .await;
    assert_eq!(answer.location(), "/_auth/confirm?for=password");
    let asked = alice.open("/_auth/account/password").await.expect("confirm");
    assert!(asked.form("/_auth/confirm").value("code").is_some());

    assert_eq!(format!("{:?}", rig.account(ALICE).await), before);
    // One right answer of two is none.
    let form = asked.form("/_auth/confirm").set("code", "000000");
    assert_eq!(alice.submit(&asked, &form).await.status, 422);
    let page = visit::confirmed(&rig, &mut alice, asked, &app).await;
    page.expect("account-password");
}
