//! The owner of an account, at its pages: a session that lacks nothing.
//!
//! ```text
//! no session ───────────▶ sign-in, and back to this page
//! a factor is missing ──▶ its page, and back to this page
//! a set-up is missing ──▶ the set-up, and back to this page
//! nothing is ───────────▶ Owner
//! ```
//!
//! Handlers of account pages take an [`Owner`] or an [`OwnersForm`] and nothing less, so that one
//! that forgets to ask does not exist. How fresh the proof is, is each change's own question.

use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::Response;
use http::StatusCode;
use http::header::SET_COOKIE;
use http::request::Parts;

use super::saying::{self, Saying};
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::identity::assurance::{self, Requirement};
use crate::service::renew::Renewed;
use crate::service::visit::Visitor;
use crate::web::cookie::Kind;
use crate::web::form::Form;
use crate::web::reception::Reception;
use crate::web::reply::Reply;
use crate::web::submission::Submission;
use crate::web::view::{Complaint, Moment, Notice, Shell};
use crate::web::{Web, sign_in, target};

/// The owner of an account, who asks for one of its pages.
pub struct Owner {
    /// Whoever asks.
    pub reception: Reception,
    /// The same, signed in.
    pub visitor: Visitor,
}

/// A form that the owner of an account sent.
pub struct OwnersForm {
    /// Who sent it.
    pub owner: Owner,
    /// What it holds.
    pub form: Form,
    /// Whether it carries the token of the session's cookie. Where it does not, nothing may be done.
    pub fresh: bool,
}

impl FromRequestParts<Arc<Web>> for Owner {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let reception = Reception::from_request_parts(parts, web).await?;
        Self::of(reception).map_err(|elsewhere| *elsewhere)
    }
}

impl FromRequest<Arc<Web>> for OwnersForm {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Response> {
        let Submission {
            reception,
            form,
            fresh,
        } = Submission::from_request(request, web).await?;
        if reception.visitor.is_none() {
            return Err(turned_away(&reception).await);
        }
        let owner = Owner::of(reception).map_err(|elsewhere| *elsewhere)?;
        Ok(Self { owner, form, fresh })
    }
}

/// A form without a session. Whoever is half signed in may do nothing to the account; anybody else
/// may have had a session that is over.
async fn turned_away(reception: &Reception) -> Response {
    match reception.web.desk.flow_of(&reception.cookies).await {
        Ok(Some(_)) => reception.forbidden(),
        Ok(None) => to_sign_in(reception),
        Err(outage) => reception.outage(&outage),
    }
}

fn to_sign_in(reception: &Reception) -> Response {
    let back = page_to_return_to(reception);
    Reply::see_other(&reception.shell().url_with_next("sign-in", Some(&back))).done()
}

/// The page that was asked for, or the one above it that may be gone on to after a sign-in.
fn page_to_return_to(reception: &Reception) -> String {
    let settings = reception.web.settings.load();
    let mut page = reception.here.as_str();
    loop {
        let wanted = format!("{}/{page}", settings.prefix);
        if target::read(&wanted, &reception.arrival.site.origin, &settings.prefix) == wanted {
            return wanted;
        }
        match page.rsplit_once('/') {
            Some((above, _)) => page = above,
            None => return format!("{}/account", settings.prefix),
        }
    }
}

impl Owner {
    fn of(reception: Reception) -> Result<Self, Box<Response>> {
        let Some(visitor) = reception.visitor.clone() else {
            return Err(Box::new(to_sign_in(&reception)));
        };
        let demanded = Requirement::Mfa {
            groups: Vec::new(),
            within: None,
        };
        let rules = reception.web.desk.rules.load_full();
        let now = reception.now();
        let missing = assurance::missing(&demanded, &visitor.standing(&rules, now), now);
        let Some(missing) = missing else {
            return Ok(Self { reception, visitor });
        };
        let page = sign_in::page_for_missing(&reception, &visitor, missing).unwrap_or("sign-in");
        let back = page_to_return_to(&reception);
        let elsewhere = reception.shell().url_with_next(page, Some(&back));
        Err(Box::new(Reply::see_other(&elsewhere).done()))
    }

    /// What all pages share; after a redirect, with what just happened.
    pub fn shell(&self) -> Shell {
        self.reception.shell_saying(self.said())
    }

    /// The same, with what is wrong.
    pub fn shell_with(&self, complaints: Vec<Complaint>) -> Shell {
        Shell {
            complaints,
            ..self.reception.shell()
        }
    }

    fn said(&self) -> Option<Notice> {
        let desk = &self.reception.web.desk;
        let sealed = self.reception.said.as_deref()?;
        let account = self.visitor.account().id;
        let said = saying::open(sealed, account.as_bytes(), &desk.keys, self.reception.now());
        said.and_then(Saying::notice)
    }

    /// On to one of our pages.
    pub fn to_page(&self, page: &str) -> Reply {
        Reply::to_page(page, &self.reception)
    }

    /// On to one of our pages, which says what just happened.
    pub fn to_page_saying(&self, page: &str, saying: &Saying) -> Reply {
        let desk = &self.reception.web.desk;
        let account = self.visitor.account().id;
        match saying::seal(
            saying,
            account.as_bytes(),
            &desk.keys,
            &*desk.entropy,
            self.reception.now(),
        ) {
            Ok(sealed) => Reply::to_page_saying(page, &sealed, &self.reception),
            Err(error) => {
                // What was done is done: the page comes without the banner.
                tracing::warn!(%error, "a notice could not be carried to its page");
                self.to_page(page)
            }
        }
    }

    /// On to one of our pages, which says what just happened, under a new value of the session.
    pub fn on_with(&self, renewed: Renewed, page: &str, saying: &Saying) -> Response {
        let reply = self.to_page_saying(page, saying);
        Renewal(renewed.cookie).on(reply.done(), self)
    }

    /// Whoever goes on under a new value of the session, for the rest of the request.
    pub fn renewed(self, renewed: Renewed) -> (Self, Renewal) {
        let mut reception = self.reception;
        reception.visitor = Some(renewed.visitor.clone());
        let owner = Self {
            reception,
            visitor: renewed.visitor,
        };
        (owner, Renewal(renewed.cookie))
    }

    /// The sign-in page, which leads back to this one, once five wrong answers have ended the session.
    pub fn signed_out_by_misses(self) -> Response {
        let mut reception = self.reception;
        reception.next = Some(page_to_return_to(&reception));
        reception.visitor = None;
        reception.cookies.session = None;
        reception.cookies.flow = None;
        reception.ensure_form_cookie();
        let mut reply = sign_in::page(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            String::new(),
            Vec::new(),
            Some(Notice::TooManyWrongAnswers),
        );
        reply.remove(Kind::Session, &reception);
        reply.done()
    }

    /// The account's phone number, by its last digits. Where it does not open, the page that says so.
    pub fn phone(&self) -> Result<Option<String>, Box<Response>> {
        let desk = &self.reception.web.desk;
        match desk.phone_of(self.visitor.account()) {
            Ok(number) => Ok(number.map(|number| number.masked())),
            Err(outage) => Err(Box::new(self.reception.outage(&outage))),
        }
    }

    /// A day, as pages show it.
    pub fn day(&self, at: Timestamp) -> Moment {
        Moment::date(&self.reception.words, at, &self.reception.zone())
    }

    /// A day and an hour, as pages show them.
    pub fn hour(&self, at: Timestamp) -> Moment {
        Moment::date_time(&self.reception.words, at, &self.reception.zone())
    }
}

/// The new value of a session, which the answer has to carry whatever it says.
#[must_use]
pub struct Renewal(Token);

impl Renewal {
    /// The answer with the session's new cookie, unless what was done has renewed it once more.
    pub fn on(&self, response: Response, owner: &Owner) -> Response {
        let name = Kind::Session.name(owner.reception.arrival.site.https);
        let decided = response.headers().get_all(SET_COOKIE).iter().any(|line| {
            let line = line.as_bytes();
            line.starts_with(name.as_bytes()) && line.get(name.len()) == Some(&b'=')
        });
        if decided {
            return response;
        }
        let mut reply = Reply::from(response);
        reply.set(Kind::Session, &self.0, None, &owner.reception);
        reply.done()
    }
}
