//! How an error at the edge looks to a person: the pages' own template, in the person's language.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::gateway::ports::{self, Attempt, Sent};
use crate::language::{Words, choose};
use crate::web::arrival::Arrival;
use crate::web::view::edge::{Edge, Fate, Obstacle};
use crate::web::view::{self, Help, Shell};
use crate::web::{Web, cookie, target};

/// Renders the pages' template.
pub struct Faces {
    web: Arc<Web>,
}

impl Faces {
    /// Over the pages.
    pub fn new(web: Arc<Web>) -> Self {
        Self { web }
    }

    fn shell(&self, arrival: &Arrival, headers: &HeaderMap) -> Shell {
        let settings = self.web.settings.load();
        let language = choose(
            None,
            cookie::language(headers, arrival.site.https).as_ref(),
            headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()),
            &settings.languages.offer,
            &settings.languages.default,
        );
        let help = &settings.brand.help;
        Shell {
            words: Words::new(
                self.web.catalog.load_full(),
                language,
                settings.brand.name.as_str().into(),
            ),
            site_host: arrival.site.host.clone(),
            prefix: settings.prefix.clone(),
            token: String::new(),
            languages: Vec::new(),
            here: None,
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
            reference: Some(arrival.request.short()),
            notice: None,
            complaints: Vec::new(),
            recovery_codes: self.web.desk.rules.load().second_factor.recovery_codes.count,
            signed_in: false,
            offers_reset: self.web.desk.rules.load().password_reset.enabled,
            offers_terms: settings.terms.is_some(),
        }
    }
}

impl ports::Faces for Faces {
    fn page(&self, edge: ports::Edge, arrival: &Arrival, attempt: Attempt<'_>) -> Response<Bytes> {
        let shell = Shell {
            signed_in: attempt.signed_in,
            ..self.shell(arrival, attempt.headers)
        };
        let again = attempt
            .reads
            .map(|it| target::read(it, &arrival.site.origin, &shell.prefix));
        let language = HeaderValue::from_str(shell.words.language().as_str());
        let sign_in = shell.url("sign-in");
        let page = Edge {
            shell,
            obstacle: obstacle(edge, again, sign_in),
        };
        let mut response = match view::html(&page) {
            Ok(html) => Response::new(Bytes::from(html)),
            Err(error) => {
                tracing::error!(%error, "an error page could not be rendered");
                Response::new(Bytes::from_static(b"This page cannot be shown right now."))
            }
        };
        *response.status_mut() =
            StatusCode::from_u16(edge.status()).unwrap_or(StatusCode::SERVICE_UNAVAILABLE);
        let to = response.headers_mut();
        to.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        if let Ok(language) = language {
            to.insert(CONTENT_LANGUAGE, language);
        }
        response
    }
}

fn obstacle(edge: ports::Edge, again: Option<String>, sign_in: String) -> Obstacle {
    match edge {
        ports::Edge::BadRequest => Obstacle::BadRequest,
        ports::Edge::TooLarge => Obstacle::TooLarge,
        ports::Edge::NotKept => Obstacle::NotKept { sign_in },
        ports::Edge::NoAccess => Obstacle::NoAccess,
        ports::Edge::Refused => Obstacle::Refused,
        ports::Edge::ForeignOrigin => Obstacle::Forbidden,
        ports::Edge::UpstreamDown { sent } | ports::Edge::UpstreamTimeout { sent } => {
            let fate = match sent {
                _ if again.is_some() => Fate::Read,
                Sent::No => Fate::NotSent,
                Sent::Perhaps => Fate::Unknown,
            };
            Obstacle::UpstreamDown { fate, retry: again }
        }
        ports::Edge::StoreDown => Obstacle::StoreDown,
    }
}
