//! A portal with its configuration file: the sample portal behind a gateway in this process, a mail server,
//! a provider of text messages, and the shipped program for what operators do.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use doorward::base::clock::{Clock as _, SystemClock};
use doorward::cli::demo::portal;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::person::{Person, Trust};
use crate::rig::gateway::Rig;
use crate::rig::phones::Phones;

/// The portal's place.
pub struct Place {
    pub rig: Rig,
    pub phones: Phones,
}

/// Where the files lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/portals")
}

impl Place {
    /// With this file and nothing else: only addresses, of which a test has its own, are replaced, and files are named
    /// in full. The clock shows the time that the operator's program sees; it stands still until it is turned.
    pub async fn of(portal: &str) -> Self {
        let phones = Phones::start().await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let upstream = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(portal::serve(listener, std::future::pending()));
        let text = fs::read_to_string(folder().join(format!("{portal}.yaml"))).unwrap();
        let mut file: Value = serde_yaml::from_str(&text).unwrap();
        file["sites"][0]["upstream"] = upstream.into();
        file["sites"][0].as_object_mut().unwrap().remove("url");
        file["mail"].as_object_mut().unwrap().remove("smtp");
        let texts = file.pointer_mut("/terms/file").and_then(Value::as_object_mut);
        for text in texts.into_iter().flat_map(|it| it.values_mut()) {
            *text = folder().join(text.as_str().unwrap()).display().to_string().into();
        }
        if let Some(sms) = file.get_mut("sms") {
            sms["url"] = phones.url().into();
            sms["headers"] = json!({ "X-Key": format!("file:{}", folder().join("b-sms-key").display()) });
        }
        let rig = Rig::at(SystemClock.now(), &file).await;
        Self { rig, phones }
    }

    /// What an operator types; what is printed. The program's clock is the machine's: ours must not be behind.
    pub async fn operator(&self, arguments: &[&str], input: &str) -> String {
        let behind = SystemClock.now().unix_seconds() - self.rig.now().unix_seconds();
        if let Ok(behind @ 0..) = u64::try_from(behind + 1) {
            self.rig.advance(Duration::from_secs(behind));
        }
        self.rig.place.succeed(arguments, input).await
    }

    pub fn hours_pass(&self, hours: u64) {
        self.rig.advance(Duration::from_secs(hours * 3600));
    }

    pub fn days_pass(&self, days: u64) {
        self.hours_pass(days * 24);
    }

    /// Waits until the person is at this page of the portal's.
    pub async fn shows(&self, person: &Person<'_>, target: &str) {
        person.reads("body > .note", "This is a sample").await;
        let url = person.browser.url().await;
        assert_eq!(url, format!("{}{target}", self.rig.place.origin));
    }

    /// Waits until the person is in the portal, which was told how they signed in. On the way, where it is not what
    /// matters, they agree to the terms, and say no where they are asked whether to trust the device.
    pub async fn lets_in(&self, person: &Person<'_>, by: &str) {
        let next = "body > .note, [data-page=trust], [data-page=terms]";
        person.browser.find(next).await;
        if person.browser.has("[data-page=terms]").await {
            person.agrees_to_terms().await;
            person.browser.find("body > .note, [data-page=trust]").await;
        }
        if person.browser.has("[data-page=trust]").await {
            person.answers_trust(Trust::No).await;
        }
        person.reads("body > .note", "This is a sample").await;
        person.open("/").await;
        person.reads("main", &format!("Signed in by\n{by}")).await;
    }
}

/// A code that is not this one.
pub fn another(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}
