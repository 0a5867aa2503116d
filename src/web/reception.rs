//! What every page knows about whoever asks: site, cookies, visitor, language, and the cookie that
//! its forms are bound to.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::response::Response;
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use http::request::Parts;

use super::arrival::Arrival;
use super::view::sign_in::Remembered;
use super::view::{Help, LanguageOption, Notice, Shell};
use super::{Web, cookie, reply, target};
use crate::base::client::UserAgent;
use crate::base::id::TokenDigest;
use crate::base::language::Language;
use crate::base::seal::Token;
use crate::base::time::Timestamp;
use crate::language::{Words, choose};
use crate::service::visit::Visitor;
use crate::service::{Caller, Cookies, Site};

/// Longest `User-Agent` that is looked at, in octets.
const AGENT_AT_MOST: usize = 512;

/// Whoever asks for a page.
pub struct Reception {
    /// The pages and what they need.
    pub web: Arc<Web>,
    /// What the gateway knows of the request.
    pub arrival: Arrival,
    /// Its headers.
    pub headers: HeaderMap,
    /// Cookies of ours, recognised by their tags.
    pub cookies: Cookies,
    /// Whoever is signed in.
    pub visitor: Option<Visitor>,
    /// The words of the page.
    pub words: Words,
    /// Path and query below the prefix.
    pub here: String,
    /// The target that the address names, checked.
    pub next: Option<String>,
    /// The target as it came, for the language picker, whose target is one of our pages.
    pub picked_on: Option<String>,
    /// The page to say something that just happened: `?say=code-sent`.
    pub said: Option<String>,
    /// What fresh proof is asked for: `?for=password`.
    pub purpose: Option<String>,
    /// A flow cookie that was made for this answer's forms.
    fresh_flow: Option<Token>,
    /// Whether a session cookie came that nobody is signed in with.
    pub session_ended: bool,
}

impl FromRequestParts<Arc<Web>> for Reception {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Response> {
        let Some(arrival) = parts.extensions.get::<Arrival>().cloned() else {
            // The gateway sets it on every request; one without it did not come through the gateway.
            return Err(reply::bare(http::StatusCode::INTERNAL_SERVER_ERROR));
        };
        let https = arrival.site.https;
        let cookies = cookie::read(&parts.headers, https, &web.desk.keys);
        let printed = cookie::value(&parts.headers, cookie::Kind::Session, https);
        let visitor = match printed {
            Some(printed) => web.visits.recognise(printed, &arrival.site.host).await,
            None => Ok(None),
        };
        let settings = web.settings.load();
        let account_language = visitor
            .as_ref()
            .ok()
            .and_then(|it| it.as_ref())
            .and_then(|it| it.account().language.clone());
        let language = choose(
            account_language.as_ref(),
            cookie::language(&parts.headers, https).as_ref(),
            parts.headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()),
            &settings.languages.offer,
            &settings.languages.default,
        );
        let words = Words::new(
            web.catalog.load_full(),
            language,
            settings.brand.name.as_str().into(),
        );
        let query = parts.uri.query().unwrap_or_default();
        let path = parts.uri.path();
        let below = path
            .strip_prefix(settings.prefix.as_str())
            .unwrap_or(path)
            .trim_start_matches('/');
        let mut reception = Self {
            web: Arc::clone(web),
            headers: parts.headers.clone(),
            session_ended: cookies.session.is_some() && matches!(visitor, Ok(None)),
            cookies,
            visitor: None,
            words,
            here: below.to_owned(),
            next: query_value(query, "next")
                .map(|next| target::read(&next, &arrival.site.origin, &settings.prefix)),
            picked_on: query_value(query, "next"),
            said: query_value(query, "say"),
            purpose: query_value(query, "for"),
            fresh_flow: None,
            arrival,
        };
        match visitor {
            Ok(visitor) => reception.visitor = visitor,
            Err(outage) => return Err(reception.outage(&outage)),
        }
        Ok(reception)
    }
}

/// A value of the query, if it is there exactly once.
pub fn query_value(query: &str, name: &str) -> Option<String> {
    let mut found = None;
    for pair in query.split('&') {
        let Some((held, value)) = pair.split_once('=') else {
            continue;
        };
        if held != name {
            continue;
        }
        let value = percent_encoding::percent_decode_str(value)
            .decode_utf8()
            .ok()?
            .into_owned();
        if found.replace(value).is_some() {
            return None;
        }
    }
    found
}

/// A page below the prefix with what it is for and where it goes on to, as far as either is named.
/// A purpose that is none of ours is left out: it is a word.
pub fn address(page: &str, purpose: Option<&str>, next: Option<&str>) -> String {
    let is_word = |it: &&str| {
        (1..=32).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_lowercase() || it == b'-')
    };
    let query: Vec<String> = [
        purpose.filter(is_word).map(|it| format!("for={it}")),
        next.map(|it| format!("next={}", reply::encoded(it))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if query.is_empty() {
        page.to_owned()
    } else {
        format!("{page}?{}", query.join("&"))
    }
}

impl Reception {
    /// Time for whatever expires.
    pub fn now(&self) -> Timestamp {
        self.web.desk.now()
    }

    /// Whoever asks, as stories need to know it.
    pub fn caller(&self) -> Caller {
        let agent = self
            .headers
            .get(USER_AGENT)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default();
        let agent: String = agent.chars().take(AGENT_AT_MOST).collect();
        Caller {
            site: Arc::new(Site {
                host: self.arrival.site.host.clone(),
                url: self.arrival.site.origin.clone(),
            }),
            client: self.arrival.client,
            user_agent: UserAgent::read(&agent),
            agent_header: agent,
            request: self.arrival.request,
            language: self.language().clone(),
        }
    }

    /// The language of the page.
    pub fn language(&self) -> &Language {
        self.words.language()
    }

    /// Where the browser goes on to.
    pub fn next_or_top(&self) -> String {
        self.next.clone().unwrap_or_else(|| "/".to_owned())
    }

    /// Whether this browser is a trusted device of whoever is signed in; of a stranger, whether it might
    /// be: its cookie alone does not say whose, nor whether trust was taken back since.
    pub fn remembered(&self) -> Remembered {
        let Some(cookie) = &self.cookies.device else {
            return Remembered::No;
        };
        let Some(visitor) = &self.visitor else {
            return Remembered::Maybe;
        };
        match visitor.account().trusted(&cookie.digest(), self.now()) {
            Some(_) => Remembered::Yes,
            None => Remembered::No,
        }
    }

    /// The digest of the cookie that forms are bound to: the session's, else the flow's.
    pub fn form_cookie(&self) -> Option<TokenDigest> {
        match &self.visitor {
            Some(visitor) => Some(visitor.cookie()),
            None => self
                .cookies
                .flow
                .as_ref()
                .or(self.fresh_flow.as_ref())
                .map(Token::digest),
        }
    }

    /// Makes a flow cookie where the forms of the answer have none to be bound to. Nothing is
    /// stored for it.
    pub fn ensure_form_cookie(&mut self) {
        if self.form_cookie().is_none() {
            self.fresh_flow = Some(Token::draw(&*self.web.desk.entropy));
        }
    }

    /// The flow cookie that was made for this answer.
    pub fn fresh_flow(&self) -> Option<&Token> {
        self.fresh_flow.as_ref()
    }

    /// What the page shares with all pages.
    pub fn shell(&self) -> Shell {
        let settings = self.web.settings.load();
        let token = self
            .form_cookie()
            .map(|cookie| self.web.desk.form_token(&cookie))
            .unwrap_or_default();
        let help = &settings.brand.help;
        Shell {
            words: self.words.clone(),
            site_host: self.arrival.site.host.clone(),
            prefix: settings.prefix.clone(),
            token,
            languages: LanguageOption::list(&settings.languages.offer, self.language()),
            here: Some(self.here_with_next()),
            help: Help {
                url: help.url.clone(),
                email: help.email.clone(),
                phone: help.phone.clone(),
            },
            links: settings.brand.links.clone(),
            look: Arc::clone(&settings.look),
            portal_link: settings
                .brand
                .portal_link
                .clone()
                .unwrap_or_else(|| "/".to_owned()),
            reference: Some(self.arrival.request.short()),
            notice: None,
            complaints: Vec::new(),
            recovery_codes: self.web.desk.rules.load().second_factor.recovery_codes.count,
            signed_in: self.visitor.is_some(),
            offers_reset: self.web.desk.rules.load().password_reset.enabled,
            offers_terms: settings.terms.is_some(),
        }
    }

    /// The same, with something that just happened said above the heading.
    pub fn shell_saying(&self, notice: Option<Notice>) -> Shell {
        Shell {
            notice,
            ..self.shell()
        }
    }

    fn here_with_next(&self) -> String {
        let next = self.next.as_ref().filter(|next| *next != "/");
        address(&self.here, self.purpose.as_deref(), next.map(String::as_str))
    }

    /// The zone of times on pages.
    pub fn zone(&self) -> Arc<crate::language::Zone> {
        self.web.zone.load_full()
    }
}
