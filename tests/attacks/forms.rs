//! Every form of every page, with everything switched on: codes by email, app and text message, recovery codes,
//! registration with approval, invitations, terms, a kept form. Each is sent from another origin, without its token
//! and with the token of somebody else, with whatever would make it work: it is refused, and nothing has changed.

use std::collections::BTreeSet;
use std::time::Duration;

use doorward::identity::phone::{Phone, PhoneNumber};
use doorward::service::admin::NewAccount;
use doorward::web::routes::ROUTES;
use serde_json::{Value, json};

use super::visit;
use super::walker::{SIGN_IN, pass, token, type_password};
use crate::rig::authenticator::Authenticator;
use crate::rig::client::{Client, Page};
use crate::rig::gateway::{PASSWORD, Rig};
use crate::rig::html::Form;
use crate::rig::phones::Phones;
use crate::rig::walk;

const NEW: &str = "wolke tasse fahrrad mond";

/// Somebody at a page with forms, and what to fill in for them to work.
struct Station {
    page: &'static str,
    client: Client,
    path: String,
    typed: Vec<(&'static str, String)>,
}

/// A gateway, all who stand somewhere in it, and how many accounts it has.
struct Scene {
    rig: Rig,
    phones: Phones,
    stations: Vec<Station>,
    accounts: usize,
}

/// The token that a form is sent with, a field that says where from, and the status that answers it.
type Refused = (&'static str, Option<(&'static str, &'static str)>, u16);

const REFUSED: [Refused; 6] = [
    ("its own", Some(("Origin", "https://evil.test")), 403),
    ("its own", Some(("Origin", "null")), 403),
    ("its own", Some(("Sec-Fetch-Site", "cross-site")), 403),
    ("none", Some(("Origin", "https://evil.test")), 403),
    ("none", None, 422),
    ("another's", None, 422),
];

impl Scene {
    async fn set(changes: &Value) -> Self {
        let phones = Phones::start().await;
        let mut all = phones.config("method");
        crate::rig::binary::merge(&mut all, changes);
        let rig = Rig::with(&all).await;
        Self {
            rig,
            phones,
            stations: Vec::new(),
            accounts: 0,
        }
    }

    /// Somebody is at the page `path`, which is this one.
    async fn stands(
        &mut self,
        page: &'static str,
        client: &Client,
        path: &str,
        typed: &[(&'static str, &str)],
    ) {
        let shown = client.clone().get(path).await;
        assert_eq!(
            shown.name().as_deref(),
            Some(page),
            "{path}: {} {}",
            shown.status,
            shown.html().words()
        );
        self.stations.push(Station {
            page,
            client: client.clone(),
            path: path.to_owned(),
            typed: typed
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
        });
    }

    /// A new account without any second factor of its own.
    async fn account(&mut self) -> String {
        self.accounts += 1;
        let email = format!("person{}@example.com", self.accounts);
        self.rig.add(&email).await;
        email
    }

    fn number(&self) -> String {
        format!("+4179123{:04}", self.accounts)
    }

    /// … with an app, at the page after its code.
    async fn proven(&mut self) -> (Client, Page, String, Authenticator) {
        let email = self.account().await;
        let app = self.rig.give_app(&email).await;
        let mut client = self.rig.client();
        let page = pass(&mut client, &email).await.expect("code-app");
        let page = walk::give_app_code(&mut client, &page, &self.rig.code_of(&app)).await;
        (client, page, email, app)
    }

    /// … past the terms, asked about the device.
    async fn at_trust(&mut self) -> (Client, Page, String, Authenticator) {
        let (mut client, page, email, app) = self.proven().await;
        let page = agree(&mut client, page.expect("terms")).await.expect("trust");
        (client, page, email, app)
    }

    /// … signed in, on a device that is trusted or not.
    async fn signed_in(&mut self, trusts: bool) -> (Client, String, Authenticator) {
        let (mut client, page, email, app) = self.at_trust().await;
        walk::answer_trust(&mut client, &page, trusts).await;
        (client, email, app)
    }

    /// The path of the link in the newest letter to `to`.
    async fn link(&self, to: &str, seen: usize) -> String {
        let letter = self.rig.smtp.next_for(to, seen).await;
        let origin = &self.rig.place.origin;
        let links = letter
            .text
            .split_whitespace()
            .filter_map(|it| it.strip_prefix(origin.as_str()));
        let mut links = links.filter(|it| it.len() > 60).map(str::to_owned);
        links
            .next()
            .unwrap_or_else(|| panic!("no link in\n{}", letter.text))
    }

    /// Everything that is kept, but for what is counted.
    fn kept(&self) -> Vec<String> {
        let path = self.rig.place.folder.path().join("state/doorward.db");
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let database = rusqlite::Connection::open_with_flags(path, flags).unwrap();
        let mut kept = Vec::new();
        for table in ["account", "session", "flow", "letter", "event"] {
            let mut rows = database
                .prepare(&format!("SELECT * FROM {table} ORDER BY n"))
                .unwrap();
            let columns = rows.column_count();
            let read = |row: &rusqlite::Row<'_>| {
                let cell = |at| format!("{:?}", row.get_ref(at).unwrap());
                Ok(format!(
                    "{table} {}",
                    (0..columns).map(cell).collect::<Vec<_>>().join(" ")
                ))
            };
            kept.extend(rows.query_map([], read).unwrap().map(Result::unwrap));
        }
        kept
    }

    /// Sends all forms of all stations as they must not be sent; the routes that would have taken them.
    async fn is_refused_everything(&self) -> BTreeSet<String> {
        let mut sent = BTreeSet::new();
        let before = (
            self.kept(),
            self.rig.smtp.count(),
            self.phones.count(),
            self.rig.up.hits(),
        );
        for (at, station) in self.stations.iter().enumerate() {
            // Of the next one with other cookies: another browser, and mostly another person.
            let mut others = self.stations.iter().cycle().skip(at);
            let other = others.find(|it| it.client.jar.field() != station.client.jar.field());
            let other = other.expect("somebody else");
            let foreign = token(&other.client.clone().get(&other.path).await);
            let page = station
                .client
                .clone()
                .get(&station.path)
                .await
                .expect(station.page);
            for form in all_ways(&page, &station.typed) {
                sent.insert(form.action.split('?').next().unwrap().to_owned());
                refuses(station, &form, &foreign).await;
            }
        }
        let after = (
            self.kept(),
            self.rig.smtp.count(),
            self.phones.count(),
            self.rig.up.hits(),
        );
        assert_eq!(after, before, "nothing has changed");
        sent
    }

    /// With their own tokens the first forms of all pages are taken: it was for the token that they were not.
    async fn takes_what_is_right(&self) {
        for station in &self.stations {
            let mut client = station.client.clone();
            let page = client.get(&station.path).await;
            if page.name().as_deref() != Some(station.page) {
                continue;
            }
            let form = all_ways(&page, &station.typed).swap_remove(0);
            let answer = client.submit(&page, &form).await;
            let stale = answer.html().words().contains("open too long");
            assert!(
                matches!(answer.status, 200 | 303 | 422) && !stale,
                "{}: {} {form:?}",
                station.page,
                answer.status
            );
        }
    }
}

/// One form, in each of the ways that are not its own.
async fn refuses(station: &Station, form: &Form, foreign: &str) {
    for (whose, header, status) in REFUSED {
        let mut form = form.clone();
        match whose {
            "none" => form.fields.retain(|it| it.0 != "csrf"),
            "another's" => form = form.set("csrf", foreign),
            _ => assert!(form.value("csrf").is_some_and(|it| it.len() >= 43)),
        }
        let mut client = station.client.clone();
        let origin = client.origin.clone();
        let header = header.unwrap_or(("Origin", &origin));
        let fields = [
            ("Accept", "text/html"),
            ("Content-Type", "application/x-www-form-urlencoded"),
            header,
        ];
        let answer = client
            .send("POST", &form.action, &fields, form.encoded().as_bytes())
            .await;
        let said = format!("{}: {whose} token, {header:?}: {form:?}", station.page);
        assert_eq!(answer.status, status, "{said}: {}", answer.html().words());
        if status == 422 {
            assert!(answer.html().words().contains("open too long"), "{said}");
            assert!(token(&answer).len() >= 43, "{said}: a fresh form");
        }
        for cookie in answer.all("set-cookie") {
            assert!(cookie.starts_with("doorward-flow="), "{said}: {cookie}");
        }
    }
}

/// Every form of the page that is sent to the gateway, by each of its buttons, filled in.
fn all_ways(page: &Page, typed: &[(&'static str, String)]) -> Vec<Form> {
    let mut ways = Vec::new();
    for mut form in page.html().forms() {
        if !form.action.starts_with("/_auth/") {
            continue;
        }
        for (name, value) in form.choices.clone() {
            form = form.tick(&name, &value);
        }
        for (name, value) in typed {
            if form.value(name).is_some() {
                form = form.set(name, value);
            }
        }
        let named = form.buttons.iter().filter(|it| !it.0.is_empty());
        let pressed: Vec<Form> = named.map(|it| form.clone().press(&it.0, &it.1)).collect();
        match pressed.is_empty() {
            true => ways.push(form),
            false => ways.extend(pressed),
        }
    }
    assert!(!ways.is_empty(), "no form on {}", page.path);
    ways
}

async fn agree(client: &mut Client, page: Page) -> Page {
    let form = page.form("/_auth/terms").tick("accept", "1");
    client.submit_and_follow(&page, &form).await
}

/// Presses a button of an account's page; the page after it.
async fn press(client: &mut Client, path: &str, name: &str, value: &str) -> Page {
    let page = client.open(path).await;
    let form = page.pressing(name, value);
    client.submit_and_follow(&page, &form).await
}

/// Presses the button of that name, whatever it carries.
async fn press_any(client: &mut Client, path: &str, name: &str) -> Page {
    let page = client.open(path).await;
    let forms = page.html().forms();
    let button = forms.iter().flat_map(|it| &it.buttons).find(|it| it.0 == name);
    let value = button.unwrap_or_else(|| panic!("no {name} on {path}")).1.clone();
    let form = page.pressing(name, &value);
    client.submit_and_follow(&page, &form).await
}

impl Scene {
    /// Those for whom the clock has to be turned come first.
    async fn wait_for_long(&mut self) {
        let (mut late, email, app) = self.signed_in(false).await;
        self.rig.advance(Duration::from_secs(2 * 3600));
        let sent = "text=what+was+typed";
        let answer = late.post("/orders/save", sent).await;
        let page = late.follow(answer).await.expect("sign-in");
        let page = walk::give_password(&mut late, &page, &email, PASSWORD)
            .await
            .expect("code-app");
        let page = walk::give_app_code(&mut late, &page, &self.rig.code_of(&app)).await;
        if page.name().as_deref() == Some("trust") {
            walk::answer_trust(&mut late, &page, false).await;
        }
        let (mut stale, _, _) = self.signed_in(false).await;
        self.rig.advance(Duration::from_secs(6 * 60));
        press(&mut stale, "/_auth/account/recovery-codes", "create", "yes")
            .await
            .expect("confirm");
        self.stands("resume", &late, "/_auth/resume", &[]).await;
        self.stands(
            "confirm",
            &stale,
            "/_auth/confirm",
            &[("password", PASSWORD), ("code", "123456")],
        )
        .await;
    }

    async fn ask_and_register(&mut self) {
        let client = self.rig.client();
        let mut stranger = client.clone();
        stranger.get(SIGN_IN).await;
        let email = self.account().await;
        self.stands(
            "sign-in",
            &stranger,
            SIGN_IN,
            &[("username", &email), ("password", PASSWORD)],
        )
        .await;
        self.stands("reset", &stranger, "/_auth/reset", &[("username", &email)])
            .await;
        self.stands(
            "register-email",
            &stranger,
            "/_auth/register",
            &[("email", "new@example.com")],
        )
        .await;

        let check = "/_auth/register/check";
        let details = "/_auth/register/details";
        let person = [
            ("given_name", "Carla"),
            ("family_name", "Muster"),
            ("new_password", NEW),
        ];
        for (at, email) in ["one@example.com", "two@example.com", "three@example.com"]
            .iter()
            .enumerate()
        {
            let (mut client, seen) = (client.clone(), self.rig.smtp.count());
            let page = client.open("/_auth/register").await.expect("register-email");
            let form = page.form("/_auth/register").set("email", email);
            let page = client
                .submit_and_follow(&page, &form)
                .await
                .expect("register-check");
            let code = self.rig.smtp.next_for(email, seen).await.code();
            if at == 0 {
                self.stands("register-check", &client, check, &[("code", &code)])
                    .await;
                continue;
            }
            let form = page.form(check).set("code", &code);
            let page = client
                .submit_and_follow(&page, &form)
                .await
                .expect("register-details");
            if at == 1 {
                self.stands("register-details", &client, details, &person).await;
                continue;
            }
            let mut form = page.form(details);
            for (name, value) in person {
                form = form.set(name, value);
            }
            let mut page = client.submit_and_follow(&page, &form).await;
            if page.name().as_deref() == Some("register-terms") {
                page = agree(&mut client, page).await;
            }
            page.expect("register-method");
            self.stands("register-method", &client, "/_auth/register/method", &[])
                .await;
        }
    }

    async fn open_links(&mut self) {
        let (mut forgot, seen) = (self.rig.client(), self.rig.smtp.count());
        let email = self.account().await;
        let page = forgot.open("/_auth/reset").await;
        let form = page.form("/_auth/reset").set("username", &email);
        forgot.submit(&page, &form).await;
        let link = self.link(&email, seen).await;
        forgot.open(&link).await;
        self.stands(
            "reset-password",
            &forgot,
            "/_auth/reset/password",
            &[("new_password", NEW)],
        )
        .await;

        let (mut invited, seen) = (self.rig.client(), self.rig.smtp.count());
        let new = NewAccount {
            email: "invited@example.com".to_owned(),
            invite: true,
            ..NewAccount::default()
        };
        let mut operator = visit::operator();
        operator.site_url.clone_from(&self.rig.place.origin);
        self.rig.app.desk.admin_add(new, &operator).await.unwrap();
        let link = self.link("invited@example.com", seen).await;
        invited.open(&link).await;
        self.stands(
            "invite",
            &invited,
            "/_auth/invite",
            &[("given_name", "Ida"), ("new_password", NEW)],
        )
        .await;

        for to in ["elsewhere@example.org", "far@example.org"] {
            let (mut mover, old, _) = self.signed_in(false).await;
            let seen = self.rig.smtp.count();
            let page = mover.open("/_auth/account/email").await;
            let form = page.form("/_auth/account/email").set("email", to);
            mover.submit(&page, &form).await;
            let mut reader = self.rig.client();
            let page = reader
                .open(&self.link(to, seen).await)
                .await
                .expect("account-email");
            if to.starts_with("elsewhere") {
                self.stands("account-email", &reader, "/_auth/email/confirm", &[])
                    .await;
                continue;
            }
            let seen = self.rig.smtp.count();
            reader.submit(&page, &page.form("/_auth/email/confirm")).await;
            let mut owner = self.rig.client();
            owner
                .open(&self.link(&old, seen).await)
                .await
                .expect("email-revoked");
            self.stands("email-revoked", &owner, "/_auth/email/revoke", &[])
                .await;
        }
    }

    async fn sign_in_half_way(&mut self) {
        let mut by_email = self.rig.client();
        let (email, seen) = (self.account().await, self.rig.smtp.count());
        pass(&mut by_email, &email).await.expect("code-email");
        let code = self.rig.smtp.next_for(&email, seen).await.code();
        self.stands("code-email", &by_email, "/_auth/code/email", &[("code", &code)])
            .await;

        let email = self.account().await;
        let number = PhoneNumber::parse(&self.number(), &[]).unwrap();
        let (keys, entropy, now) = (&self.rig.app.desk.keys, &self.rig.entropy, self.rig.now());
        let id = self.rig.account(&email).await.id;
        let phone = Phone::keep(&number, id, keys, entropy, now).unwrap();
        self.rig
            .change(&email, |account| account.phone = Some(phone))
            .await;
        let mut by_text = self.rig.client();
        pass(&mut by_text, &email).await.expect("code-sms");
        let code = self.phones.newest_for(&self.number()).code();
        self.stands("code-sms", &by_text, "/_auth/code/sms", &[("code", &code)])
            .await;

        let email = self.account().await;
        let app = self.rig.give_app(&email).await;
        let codes = visit::give_recovery_codes(&self.rig, &email, 10).await;
        let mut by_app = self.rig.client();
        pass(&mut by_app, &email).await.expect("code-app");
        let code = self.rig.code_of(&app);
        self.stands("code-app", &by_app, "/_auth/code/app", &[("code", &code)])
            .await;
        self.stands(
            "code-recovery",
            &by_app,
            "/_auth/code/recovery",
            &[("recovery_code", &codes[0])],
        )
        .await;
        self.stands("methods", &by_app, "/_auth/methods", &[]).await;

        let (at_terms, _, _, _) = self.proven().await;
        self.stands("terms", &at_terms, "/_auth/terms", &[]).await;

        let email = self.account().await;
        self.rig.give_app(&email).await;
        let codes = visit::give_recovery_codes(&self.rig, &email, 10).await;
        let mut recovered = self.rig.client();
        let page = type_password(&mut recovered, &email, PASSWORD).await;
        recovered.follow(page).await.expect("code-app");
        let page = visit::give_recovery_code(&mut recovered, &codes[1]).await;
        agree(&mut recovered, page.expect("terms"))
            .await
            .expect("recovery-used");
        self.stands("recovery-used", &recovered, "/_auth/code/recovery/used", &[])
            .await;
        let (asked, _, _, _) = self.at_trust().await;
        self.stands("trust", &asked, "/_auth/trust", &[("device_name", "Mine")])
            .await;
    }

    async fn sit_in_the_account(&mut self) {
        let (client, _, _) = self.signed_in(false).await;
        for (page, path, typed) in [
            (
                "account-details",
                "details",
                vec![("given_name", "Mallory"), ("family_name", "X")],
            ),
            ("account-email", "email", vec![("email", "mallory@example.org")]),
            ("account-language", "language", vec![]),
            (
                "account-password",
                "password",
                vec![("current_password", PASSWORD), ("new_password", NEW)],
            ),
            ("account-app", "app", vec![("app_name", "Mine")]),
            ("account-devices", "devices", vec![]),
            ("account-recovery-codes", "recovery-codes", vec![]),
            ("account-phone", "phone", vec![]),
        ] {
            self.stands(page, &client, &format!("/_auth/account/{path}"), &typed)
                .await;
        }
        self.stands("sign-out", &client, "/_auth/sign-out", &[]).await;

        // Two sessions, each on a device that is remembered.
        let (client, email, app) = self.signed_in(true).await;
        self.rig.advance(Duration::from_secs(30));
        let mut other = self.rig.client();
        let page = pass(&mut other, &email).await.expect("code-app");
        let page = walk::give_app_code(&mut other, &page, &self.rig.code_of(&app)).await;
        walk::answer_trust(&mut other, &page.expect("trust"), true).await;
        let typed = [("device_name", "Mallory's")];
        self.stands("account-devices", &client, "/_auth/account/devices", &typed)
            .await;
        self.stands("account-sessions", &client, "/_auth/account/sessions", &[])
            .await;
    }

    /// Changes of the account that take more than one page.
    async fn begin_changes(&mut self) {
        let setup = "/_auth/account/app/setup";
        let (mut client, email, _) = self.signed_in(false).await;
        self.rig.change(&email, |account| account.apps.clear()).await;
        let page = press(&mut client, "/_auth/account/app", "begin", "app").await;
        if page.name().as_deref() == Some("account-app-setup") {
            let code = self.rig.code_of(&Authenticator::scan(&page));
            self.stands("account-app-setup", &client, setup, &[("code", &code)])
                .await;
        }
        let (mut client, _, _) = self.signed_in(false).await;
        press_any(&mut client, "/_auth/account/app", "remove")
            .await
            .expect("account-app-remove");
        self.stands("account-app-remove", &client, "/_auth/account/app/remove", &[])
            .await;
        let (mut client, _, _) = self.signed_in(false).await;
        press(&mut client, "/_auth/account/recovery-codes", "create", "yes").await;
        let new = "/_auth/account/recovery-codes/new";
        self.stands("account-recovery-codes-new", &client, new, &[]).await;

        let phone = "/_auth/account/phone";
        for step in ["number", "code", "held"] {
            let (mut client, _, _) = self.signed_in(false).await;
            let number = self.number();
            let page = press(&mut client, phone, "begin", "phone")
                .await
                .expect("account-phone");
            if step == "number" {
                self.stands("account-phone", &client, phone, &[("phone", &number)])
                    .await;
                continue;
            }
            let form = page.forms_with("phone").set("phone", &number);
            let page = client
                .submit_and_follow(&page, &form)
                .await
                .expect("account-phone");
            let code = self.phones.newest_for(&number).code();
            if step == "held" {
                let form = page.forms_with("code").set("code", &code);
                client
                    .submit_and_follow(&page, &form)
                    .await
                    .expect("account-phone");
            }
            self.stands("account-phone", &client, phone, &[("code", &code)])
                .await;
        }
    }

    /// The pages of a set-up that nobody gets around, each with somebody at it.
    async fn set_up(&mut self) {
        let path = |step: &str| format!("/_auth/setup/{step}");
        for last in ["why", "phone", "code", "app", "codes", "done"] {
            let (email, mut client) = (self.account().await, self.rig.client());
            let page = pass(&mut client, &email).await.expect("setup-why");
            if last == "why" {
                self.stands("setup-why", &client, &path("why"), &[]).await;
                continue;
            }
            let page = client
                .submit_and_follow(&page, &page.form(&path("why")))
                .await
                .expect("setup-phone");
            let number = self.number();
            if last == "phone" {
                self.stands("setup-phone", &client, &path("phone"), &[("phone", &number)])
                    .await;
                continue;
            }
            let form = page.forms_with("phone").set("phone", &number);
            let page = client.submit_and_follow(&page, &form).await.expect("setup-phone");
            let code = self.phones.newest_for(&number).code();
            if last == "code" {
                self.stands("setup-phone", &client, &path("phone"), &[("code", &code)])
                    .await;
                continue;
            }
            let form = page.forms_with("code").set("code", &code);
            let page = client.submit_and_follow(&page, &form).await.expect("setup-app");
            if last == "app" {
                let code = self.rig.code_of(&Authenticator::scan(&page));
                self.stands("setup-app", &client, &path("app"), &[("code", &code)])
                    .await;
                continue;
            }
            let (_, page) = walk::set_up_app(&mut client, &page, self.rig.now()).await;
            let page = page.expect("setup-codes");
            if last == "codes" {
                self.stands("setup-codes", &client, &path("codes"), &[]).await;
                continue;
            }
            let forms = page.html().forms();
            let form = forms.into_iter().find(|it| !it.choices.is_empty()).unwrap();
            let form = form.tick("saved", "yes");
            client.submit_and_follow(&page, &form).await.expect("setup-done");
            self.stands("setup-done", &client, &path("done"), &[]).await;
        }
    }
}

async fn with_everything() -> Scene {
    let codes = json!({ "count": 1, "replace_used": true, "warn_at": 0 });
    let mut scene = Box::pin(Scene::set(&json!({
        "registration": { "mode": "open" },
        "second_factor": { "recovery_codes": codes },
    })))
    .await;
    let terms = scene.rig.place.folder.path().join("terms.md");
    std::fs::write(terms, "# Terms\n\nBe kind.\n").unwrap();
    let terms = json!({ "version": "1", "file": { "en": "terms.md" } });
    scene
        .rig
        .reload(&json!({ "terms": terms, "brand": { "help": { "email": "help@example.com" } } }))
        .await;
    Box::pin(scene.wait_for_long()).await;
    Box::pin(scene.ask_and_register()).await;
    // Whoever has chosen already needs nobody's word.
    scene
        .rig
        .reload(&json!({ "registration": { "approval": "manual" } }))
        .await;
    Box::pin(scene.open_links()).await;
    Box::pin(scene.sign_in_half_way()).await;
    Box::pin(scene.sit_in_the_account()).await;
    Box::pin(scene.begin_changes()).await;
    scene
}

async fn with_a_set_up() -> Scene {
    let demanding = json!({
        "app_setup": "required",
        "floor": "none",
        "methods": ["app"],
        "sms": { "use": "recovery", "phone": "required" },
    });
    let mut scene = Box::pin(Scene::set(&json!({ "second_factor": demanding }))).await;
    Box::pin(scene.set_up()).await;
    scene
}

#[tokio::test]
async fn csrf_01_02_and_05_every_form_of_every_page() {
    let mut sent = BTreeSet::new();
    for scene in [Box::pin(with_everything()).await, Box::pin(with_a_set_up()).await] {
        sent.extend(Box::pin(scene.is_refused_everything()).await);
        Box::pin(scene.takes_what_is_right()).await;
    }
    let rig = Rig::start().await;
    let mut all = BTreeSet::new();
    for route in ROUTES.iter().filter(|it| !it.path.contains('{')) {
        let path = format!("/_auth{}", route.path);
        if rig.client().post(&path, "").await.status != 405 {
            all.insert(path);
        }
    }
    let missed: Vec<&String> = all.difference(&sent).collect();
    assert_eq!(
        missed,
        Vec::<&String>::new(),
        "forms that no page has, or that nobody stood before"
    );
}
