//! The hooks' work: from a request to a decision, and from a decision to what is done about it.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use bytes::Bytes;
use http::header::ORIGIN;
use http::uri::PathAndQuery;
use http::{Response, StatusCode};
use pingora_core::upstreams::peer::HttpPeer;
use pingora_core::{Error, ErrorSource, ErrorType, Result};
use pingora_http::{RequestHeader, ResponseHeader};
use pingora_proxy::{FailToProxy, Session};

use super::Gateway;
use super::answer::{self, After};
use super::connection::Connection;
use super::cookies::Cookies;
use super::exchange::{Exchange, Vigil};
use super::intake::{self, Intake, Kind, NotUnderstood};
use super::keep::{self, Intaken};
use super::line::Line;
use super::pages::FormLimits;
use super::ports::{Attempt, Edge, Entry, Outage, Sent, Verdict, Visitor, Visits};
use super::{cookies, forward, pages, response};
use crate::base::time::Timestamp;
use crate::identity::assurance::Standing;
use crate::policy::{self, Ask, Decision, Refusal, RequestPath};

/// What the gate does with a request that it does not forward.
pub(super) enum Turned {
    Pages,
    Challenge { for_scripts: bool },
    Edge(Edge),
}

impl<V: Visits> Gateway<V> {
    /// Decides about a request. `true`: it has been answered.
    pub(super) async fn judge(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
    ) -> Result<bool> {
        let Some(line) = line_of(session) else {
            // Every connection of ours has one.
            return Error::e_explain(ErrorType::InternalError, "a connection without a line");
        };
        exchange.line = Some(Arc::clone(&line));
        let current = self.current.load();
        let request = session.req_header_mut();
        let fields = current.head.fields;
        let read = intake::read(
            request,
            &line,
            &current.sites,
            &current.trusted,
            &self.ids,
            fields,
        );
        let intake = match read {
            Ok(intake) => intake,
            Err(why) => return self.not_understood(session, exchange, &line, why).await,
        };
        drop(current);
        exchange.intake = Some(intake.clone());
        if line.redirects() {
            exchange.verdict = Verdict::Refused;
            let response = answer::redirect_to_https(session.req_header(), &intake.site.public);
            answer::write(session, response, false, After::Close).await?;
            return Ok(true);
        }
        let now = self.parts.clock.now();
        let cookies = line
            .cookies()
            .read(&session.req_header().headers, intake.site.public.https);
        let visitor = self.visit(session, &intake, &cookies, now).await;
        exchange.cookies = Some(cookies);
        if keep::is_marked(session.req_header(), &self.prefix)
            && let Ok(visitor) = visitor
        {
            return self.resume(session, exchange, &intake, visitor, now).await;
        }
        let turned = match visitor {
            Ok(visitor) => self.weigh(session, &intake, visitor, exchange, now),
            Err(Outage) => self.weigh_without_store(session, &intake, exchange, now),
        };
        match turned {
            None => Ok(false),
            Some(turned) => self.answer(session, exchange, &intake, turned).await,
        }
    }

    /// Who sends this, from memory where it knows.
    async fn visit(
        &self,
        session: &Session,
        intake: &Intake,
        cookies: &Cookies,
        now: Timestamp,
    ) -> Result<Option<V::Visitor>, Outage> {
        let site = &intake.site.public;
        if let Some(digest) = &cookies.session
            && let Some(visitor) = self.parts.visits.recall(digest, site, now)
        {
            return Ok(Some(visitor));
        }
        let name = cookies::session_name(site.https);
        let Some(cookie) = cookies::only(&session.req_header().headers, name) else {
            return Ok(None);
        };
        self.parts.visits.recognise(cookie, site, now).await
    }

    pub(super) fn weigh(
        &self,
        session: &Session,
        intake: &Intake,
        visitor: Option<V::Visitor>,
        exchange: &mut Exchange<V::Visitor>,
        now: Timestamp,
    ) -> Option<Turned> {
        let request = session.req_header();
        let ask = ask(request, intake);
        let standing = visitor.as_ref().map_or(Standing::Stranger, Visitor::standing);
        let decision = policy::decide(&intake.site.rules, &ask, &self.prefix, &standing, now);
        let for_scripts = || intake.site.is_for_scripts(&ask.path);
        let turned = match decision {
            Decision::Pages => Some(Turned::Pages),
            Decision::Challenge(_) => Some(Turned::Challenge {
                for_scripts: for_scripts(),
            }),
            Decision::Refuse(Refusal::Group) => Some(Turned::Edge(Edge::NoAccess)),
            Decision::Refuse(Refusal::Nobody) => Some(Turned::Edge(Edge::Refused)),
            Decision::Forward(_) if intake.kind == Kind::WebSocket && !is_from_site(request, intake) => {
                Some(Turned::Edge(Edge::ForeignOrigin))
            }
            Decision::Forward(permit) => {
                exchange.permit = Some(permit);
                exchange.verdict = Verdict::Forwarded;
                None
            }
        };
        exchange.visitor = visitor;
        turned
    }

    /// Without the store we cannot tell who this is. What anybody may have is given; for everything else
    /// nobody passes, and nobody is sent to a sign-in that cannot work.
    fn weigh_without_store(
        &self,
        session: &Session,
        intake: &Intake,
        exchange: &mut Exchange<V::Visitor>,
        now: Timestamp,
    ) -> Option<Turned> {
        match self.weigh(session, intake, None, exchange, now) {
            Some(Turned::Challenge { .. }) => Some(Turned::Edge(Edge::StoreDown)),
            other => other,
        }
    }

    pub(super) async fn answer(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        intake: &Intake,
        turned: Turned,
    ) -> Result<bool> {
        let https = intake.site.public.https;
        match turned {
            Turned::Pages => {
                exchange.verdict = Verdict::Pages;
                let limits = FormLimits {
                    octets: self.form_body.load(Ordering::Relaxed),
                    time: self.body_time(),
                };
                pages::serve(session, &self.parts.pages, intake, &limits).await?;
            }
            Turned::Challenge { for_scripts } => {
                exchange.verdict = Verdict::Challenged;
                if !for_scripts && let Intaken::Answered = self.take_in(session, exchange, intake).await? {
                    return Ok(true);
                }
                let response = answer::challenge(session.req_header(), intake, for_scripts);
                answer::write(session, response, https, After::KeepAlive).await?;
            }
            Turned::Edge(edge) => {
                self.answer_edge(session, exchange, intake, edge, After::KeepAlive)
                    .await?;
            }
        }
        Ok(true)
    }

    pub(super) async fn answer_edge(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        intake: &Intake,
        edge: Edge,
        after: After,
    ) -> Result<()> {
        exchange.verdict = match edge {
            Edge::StoreDown => Verdict::Unavailable,
            Edge::NotKept => Verdict::Challenged,
            _ => Verdict::Refused,
        };
        let response = self.edge(session.req_header(), intake, exchange.visitor.as_ref(), edge);
        answer::write(session, response, intake.site.public.https, after).await
    }

    /// How long a form may take to come.
    pub(super) fn body_time(&self) -> Duration {
        self.current.load().body_time
    }

    /// The page for a person, the problem for a script.
    fn edge(
        &self,
        request: &RequestHeader,
        intake: &Intake,
        visitor: Option<&V::Visitor>,
        edge: Edge,
    ) -> Response<Bytes> {
        let for_scripts = || {
            intake
                .site
                .is_for_scripts(&RequestPath::read(intake::path(request)))
                || intake.kind == Kind::WebSocket
        };
        if answer::wants_page(&request.headers) && !for_scripts() {
            let target = request.uri.path_and_query().map(PathAndQuery::as_str);
            let attempt = Attempt {
                reads: target.filter(|_| request.method.is_safe()),
                signed_in: visitor.is_some(),
                headers: &request.headers,
            };
            let page = self.parts.faces.page(edge, &answer::arrival(intake), attempt);
            return answer::finish_edge(edge, page, &intake.site.public.prefix);
        }
        answer::edge_for_scripts(edge, &intake.request.short(), &intake.site.public.prefix)
    }

    async fn not_understood(
        &self,
        session: &mut Session,
        exchange: &mut Exchange<V::Visitor>,
        line: &Line,
        why: NotUnderstood,
    ) -> Result<bool> {
        let status = match why {
            NotUnderstood::UnknownHost => {
                exchange.verdict = Verdict::Refused;
                421
            }
            NotUnderstood::Malformed(malformed) => {
                self.parts.witness.malformed(line.peer(), malformed);
                malformed.status()
            }
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        answer::write(session, answer::plain(status), line.is_secure(), After::Close).await?;
        Ok(true)
    }

    pub(super) fn prepare(&self, request: &mut RequestHeader, exchange: &Exchange<V::Visitor>) -> Result<()> {
        let Exchange {
            intake: Some(intake),
            line: Some(line),
            cookies: Some(cookies),
            permit: Some(_),
            ..
        } = exchange
        else {
            return Error::e_explain(ErrorType::InternalError, "nothing is forwarded without a permit");
        };
        let person = exchange.visitor.as_ref();
        let dropped = forward::prepare(request, intake, line, cookies, person, &exchange.turn)?;
        if dropped > 0 && !line.is_trusted() {
            self.parts
                .witness
                .headers_dropped(intake.client, intake.request, dropped);
        }
        Ok(())
    }

    pub(super) fn pass_body(&self, body: &mut Option<Bytes>, last: bool, exchange: &Exchange<V::Visitor>) {
        if let Some(replay) = &exchange.replay {
            *body = keep::body_of(replay, last);
        }
        // An empty last part would be written as a chunk, which ends the body a second time.
        if last && body.as_ref().is_some_and(Bytes::is_empty) {
            *body = None;
        }
        if exchange.tunnel
            && body.is_some()
            && let Some(visitor) = &exchange.visitor
        {
            visitor.used(self.parts.clock.now());
        }
    }

    pub(super) async fn say_what_failed(
        &self,
        session: &mut Session,
        error: &Error,
        exchange: &mut Exchange<V::Visitor>,
    ) -> FailToProxy {
        let said = match exchange.intake.clone() {
            // The client left, or the answer has begun and can only be broken off.
            _ if is_gone(error)
                || session
                    .response_written()
                    .is_some_and(|it| !it.status.is_informational()) =>
            {
                0
            }
            None => 400,
            Some(intake) => {
                let edge = edge_of(error, exchange.connected);
                self.put_back_unsent(exchange, &intake).await;
                exchange.verdict = match edge {
                    Edge::BadRequest => Verdict::Malformed,
                    _ => Verdict::Unavailable,
                };
                let response = self.edge(session.req_header(), &intake, exchange.visitor.as_ref(), edge);
                let https = intake.site.public.https;
                match answer::write(session, response, https, After::Close).await {
                    Ok(()) => edge.status(),
                    Err(_) => 0,
                }
            }
        };
        if said == 400 && exchange.intake.is_none() {
            let _ = answer::write(
                session,
                answer::plain(StatusCode::BAD_REQUEST),
                false,
                After::Close,
            )
            .await;
        }
        FailToProxy {
            error_code: said,
            can_reuse_downstream: false,
        }
    }

    pub(super) fn note(&self, session: &Session, error: Option<&Error>, exchange: &Exchange<V::Visitor>) {
        let request = session.req_header();
        let reason = error.map(|error| error.etype().as_str());
        let client = match (&exchange.intake, &exchange.line) {
            (Some(intake), _) => intake.client,
            (None, Some(line)) => line.peer(),
            (None, None) => return,
        };
        self.parts.witness.request(&Entry {
            request: exchange
                .intake
                .as_ref()
                .map_or_else(|| self.ids.draw(), |intake| intake.request),
            client,
            site: exchange.intake.as_ref().map(|intake| &*intake.site.public),
            method: &request.method,
            path: intake::path(request),
            status: session
                .response_written()
                .map(|response| response.status.as_u16()),
            verdict: exchange.verdict,
            took: exchange.started.elapsed(),
            sent: session.body_bytes_sent(),
            error: reason,
        });
    }
}

fn line_of(session: &Session) -> Option<Arc<Line>> {
    let digest = session.digest()?.proxy_digest.as_ref()?;
    Connection::line_of(digest).cloned()
}

fn ask<'a>(request: &'a RequestHeader, intake: &Intake) -> Ask<'a> {
    Ask {
        method: &request.method,
        path: RequestPath::read(intake::path(request)),
        client: intake.client,
    }
}

/// RFC 6455 §10.2: browsers say where a WebSocket was opened; a portal rarely looks.
fn is_from_site(request: &RequestHeader, intake: &Intake) -> bool {
    let mut origins = request.headers.get_all(ORIGIN).iter();
    match (origins.next(), origins.next()) {
        (Some(origin), None) => origin
            .as_bytes()
            .eq_ignore_ascii_case(intake.site.public.origin.as_bytes()),
        _ => false,
    }
}

/// The server for a request that has leave to be forwarded.
pub(super) fn choose<V: Visitor>(exchange: &mut Exchange<V>) -> Result<Box<HttpPeer>> {
    let (Some(intake), Some(_)) = (&exchange.intake, exchange.permit) else {
        return Error::e_explain(ErrorType::InternalError, "nothing is forwarded without a permit");
    };
    let lasting = intake.kind != Kind::Plain;
    exchange.connected = false;
    match intake.site.upstream.choose(&mut exchange.turn, lasting) {
        Some(peer) => Ok(peer),
        None => {
            let mut error = Error::explain(ErrorType::ConnectError, "no server has an address");
            error.as_up();
            Err(error)
        }
    }
}

/// Nothing was sent yet, so another server may have the request.
pub(super) fn try_another<V>(
    exchange: &mut Exchange<V>,
    peer: &HttpPeer,
    mut error: Box<Error>,
) -> Box<Error> {
    tracing::warn!(%peer, reason = error.etype().as_str(), "upstream cannot be reached");
    let another = exchange
        .intake
        .as_ref()
        .is_some_and(|intake| intake.site.upstream.try_another(&mut exchange.turn));
    error.set_retry(another);
    error
}

/// The portal's answer on its way out; one that lasts ends with the session.
pub(super) fn pass_answer<V: Visitor>(
    response: &mut ResponseHeader,
    exchange: &mut Exchange<V>,
) -> Result<()> {
    let asked = exchange
        .intake
        .as_ref()
        .is_some_and(|intake| intake.kind == Kind::WebSocket);
    if response.status == StatusCode::SWITCHING_PROTOCOLS && !(asked && response::is_websocket(response)) {
        let mut error = Error::explain(ErrorType::InvalidHTTPHeader, "an upgrade that was not asked for");
        error.as_up();
        return Err(error);
    }
    let protected = exchange.permit.is_some_and(policy::Permit::is_protected);
    response::clean(response, protected)?;
    if !response::lasts(response) {
        return Ok(());
    }
    let Some(line) = &exchange.line else {
        return Ok(());
    };
    if response.status == StatusCode::SWITCHING_PROTOCOLS {
        exchange.tunnel = true;
        line.open_tunnel();
    }
    if let Some(visitor) = &exchange.visitor {
        exchange.vigil = Some(Vigil::keep(Arc::clone(line), visitor.ended()));
    }
    Ok(())
}

fn is_gone(error: &Error) -> bool {
    matches!(error.esource(), ErrorSource::Downstream)
        && matches!(
            error.etype(),
            ErrorType::WriteError
                | ErrorType::ReadError
                | ErrorType::ConnectionClosed
                | ErrorType::WriteTimedout
                | ErrorType::ReadTimedout
        )
}

fn edge_of(error: &Error, connected: bool) -> Edge {
    let sent = match connected {
        true => Sent::Perhaps,
        false => Sent::No,
    };
    match (error.esource(), error.etype()) {
        (ErrorSource::Downstream, _) => Edge::BadRequest,
        (_, ErrorType::ConnectTimedout | ErrorType::ReadTimedout | ErrorType::TLSHandshakeTimedout) => {
            Edge::UpstreamTimeout { sent }
        }
        _ => Edge::UpstreamDown { sent },
    }
}
