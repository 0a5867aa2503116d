//! Who is signed in on a [stage](super::stage): alice and bob with both factors, bob without groups and name,
//! half with the password only.

use std::collections::BTreeSet;

use doorward::base::clock::{Clock as _, SystemClock};
use doorward::gateway::ports::IdentityField;
use doorward::identity::account::{Account, EmailAddress, Group};
use doorward::identity::assurance::Standing;
use doorward::identity::factor::Factor;
use doorward::identity::session::{Proven, Session};
use doorward::identity::settings::SecondFactorSettings;
use http::HeaderValue;

use super::stage::drawn;

/// Somebody with a live session.
pub struct Person {
    account: Account,
    session: Session,
    rules: SecondFactorSettings,
}

impl Person {
    fn new(email: &str, groups: &[&str], name: (&str, &str), second: bool) -> Self {
        let now = SystemClock.now();
        let (session, account, _, user_agent) = drawn();
        let mut account = Account::new(account, EmailAddress::parse(email).unwrap(), now);
        account.groups = groups
            .iter()
            .map(|it| Group::parse(it).unwrap())
            .collect::<BTreeSet<_>>();
        (account.first_name, account.last_name) = (name.0.to_owned(), name.1.to_owned());
        let session = Session {
            id: session,
            account: account.id,
            epoch: 0,
            site: "gw.test".to_owned(),
            proven: Proven {
                password: now,
                second: second.then_some((Factor::Email, now)),
                device: None,
            },
            opened: now,
            last_used: now,
            ends: None,
            misses: 0,
            user_agent,
        };
        let rules = SecondFactorSettings::default();
        Self {
            account,
            session,
            rules,
        }
    }

    pub fn standing(&self) -> Standing<'_> {
        Standing::of(&self.session, &self.account, &self.rules, SystemClock.now())
    }

    pub fn value(&self, field: IdentityField) -> Option<HeaderValue> {
        let text = match field {
            IdentityField::User | IdentityField::Email => self.account.email.spelling().to_owned(),
            IdentityField::Name => self.account.display_name(),
            IdentityField::Groups => {
                let names: Vec<&str> = self.account.groups.iter().map(Group::as_str).collect();
                names.join(",")
            }
            IdentityField::Method => self.session.method().to_owned(),
        };
        (!text.is_empty()).then(|| HeaderValue::from_bytes(text.as_bytes()).unwrap())
    }
}

pub fn sign_all_in(mut sign_in: impl FnMut(&str, Person)) {
    sign_in(
        "alice",
        Person::new(
            "alice@example.test",
            &["admins", "staff"],
            ("Alice", "Müller"),
            true,
        ),
    );
    sign_in("bob", Person::new("bob@example.test", &[], ("", ""), true));
    sign_in(
        "half",
        Person::new("half@example.test", &["admins"], ("", ""), false),
    );
}
