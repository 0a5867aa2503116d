//! What the proxy asks of others: who somebody is, how a page looks, who is told what happened.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue};

use super::head::Malformed;
use crate::base::client::ClientAddr;
use crate::base::id::{RequestId, TokenDigest};
use crate::base::time::Timestamp;
use crate::identity::assurance::Standing;
use crate::identity::kept::SentForm;
use crate::web::arrival::{Arrival, PublicSite};

/// The values that tell a portal who somebody is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentityField {
    /// Who: the email address.
    User,
    /// The email address.
    Email,
    /// First and last name, in UTF-8.
    Name,
    /// The groups, joined by commas.
    Groups,
    /// How it was proven.
    Method,
}

impl IdentityField {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::User, Self::Email, Self::Name, Self::Groups, Self::Method];
}

/// Somebody with a live session.
///
/// Asked on every request: answers come from memory, values are ready-made.
pub trait Visitor: Send + Sync + 'static {
    /// How they stand now.
    fn standing(&self) -> Standing<'_>;

    /// A value for the portal. `None` where the account has none.
    fn value(&self, field: IdentityField) -> Option<HeaderValue>;

    /// They did something on a connection that stays open.
    fn used(&self, now: Timestamp);

    /// Completes when the session has ended, whatever ended it. Asked for only where an answer may
    /// outlive its session.
    fn ended(&self) -> Pin<Box<dyn Future<Output = ()> + Send>>;
}

/// The store did not answer: nobody can tell who this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("who this is cannot be told: the store does not answer")]
pub struct Outage;

/// Recognises people by the value of their session cookie.
pub trait Visits: Send + Sync + 'static {
    /// Somebody with a live session.
    type Visitor: Visitor;

    /// Whose it is, by memory alone and the digest of the cookie's value. `None`: [`Self::recognise`] has to
    /// be asked.
    fn recall(&self, cookie: &TokenDigest, site: &PublicSite, now: Timestamp) -> Option<Self::Visitor>;

    /// Whose it is: from memory, and from the store only for one not seen yet. `None`: no live session
    /// has it. `now` is the moment that everything about this request is decided by.
    fn recognise(
        &self,
        cookie: &str,
        site: &PublicSite,
        now: Timestamp,
    ) -> impl Future<Output = Result<Option<Self::Visitor>, Outage>> + Send;
}

/// Whether an action reached the portal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sent {
    /// It did not.
    No,
    /// It cannot be told.
    Perhaps,
}

/// What went wrong at the edge, as people are told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edge {
    /// The request is not one.
    BadRequest,
    /// Its body is larger than is taken.
    TooLarge,
    /// A form came after its session had ended, and is too large, or of a type that is not kept.
    NotKept,
    /// The account may not go there.
    NoAccess,
    /// Nobody may.
    Refused,
    /// A request that only this site's own pages may send came from elsewhere.
    ForeignOrigin,
    /// The portal cannot be reached, or broke off.
    UpstreamDown {
        /// Whether the action was sent.
        sent: Sent,
    },
    /// The portal takes too long.
    UpstreamTimeout {
        /// Whether the action was sent.
        sent: Sent,
    },
    /// Who this is cannot be told.
    StoreDown,
}

impl Edge {
    /// The status that says so.
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::NotKept => 401,
            Self::TooLarge => 413,
            Self::NoAccess | Self::Refused | Self::ForeignOrigin => 403,
            Self::UpstreamDown { .. } => 502,
            Self::UpstreamTimeout { .. } => 504,
            Self::StoreDown => 503,
        }
    }
}

/// What somebody did when it went wrong.
#[derive(Clone, Copy, Debug)]
pub struct Attempt<'a> {
    /// Path and query, if the request only reads: it may be tried again, and nothing was to be saved.
    pub reads: Option<&'a str>,
    /// Whether a live session came with it.
    pub signed_in: bool,
    /// The request's headers.
    pub headers: &'a HeaderMap,
}

/// Renders what went wrong for a person. For scripts the gateway has its own words.
pub trait Faces: Send + Sync + 'static {
    /// The page. Its status and the headers that every answer of ours has are set afterwards.
    fn page(&self, edge: Edge, arrival: &Arrival, attempt: Attempt<'_>) -> http::Response<Bytes>;
}

/// What a browser that says "Send now" is given to send.
#[derive(Clone, Debug)]
pub enum Offered {
    /// Its form, and which record of it this is.
    Form(Box<SentForm>, u64),
    /// Nothing: it was sent, is too old, was somebody else's, or the answer lacks its token.
    Nothing,
    /// Another site asks for it.
    FromElsewhere,
}

/// Keeps forms whose session has run out, until their sender has signed in again.
///
/// `cookie` is the value of a session cookie, as it came.
#[async_trait]
pub trait Posts: Send + Sync + 'static {
    /// Octets of the largest form that is kept. `None`: none is.
    fn limit(&self) -> Option<usize>;

    /// Whether this was a session that ran out by itself.
    async fn knows(&self, cookie: &str, site: &PublicSite) -> Result<bool, Outage>;

    /// Keeps a form for whoever had that session. Whether it did.
    async fn keep(&self, cookie: &str, form: SentForm) -> Result<bool, Outage>;

    /// What the answer to "Send now?" releases; it stays where it is.
    async fn offered(
        &self,
        cookie: &str,
        site: &PublicSite,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<Offered, Outage>;

    /// Takes it out, so that it is sent once. Whether nobody was faster.
    async fn take(&self, cookie: &str, version: u64) -> Result<bool, Outage>;

    /// Keeps it once more: it never reached the portal.
    async fn put_back(&self, cookie: &str, site: &PublicSite, form: &SentForm) -> Result<(), Outage>;
}

/// What became of a request, for counting.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It went to the portal.
    Forwarded,
    /// The gateway's own pages answered.
    Pages,
    /// More proof was asked for.
    Challenged,
    /// It was refused.
    Refused,
    /// It was no request.
    Malformed,
    /// The store or the portal was missing.
    Unavailable,
}

impl Verdict {
    /// As metrics label it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Forwarded => "forwarded",
            Self::Pages => "pages",
            Self::Challenged => "challenged",
            Self::Refused => "refused",
            Self::Malformed => "malformed",
            Self::Unavailable => "unavailable",
        }
    }
}

/// One line of the access log. No query: it may hold secrets.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// The reference that error pages show too.
    pub request: RequestId,
    /// From where.
    pub client: ClientAddr,
    /// The site, where one was found.
    pub site: Option<&'a PublicSite>,
    /// The method.
    pub method: &'a http::Method,
    /// The path, as it came; may hold any octets.
    pub path: &'a [u8],
    /// What was answered; `None` where the client left before.
    pub status: Option<u16>,
    /// What became of it.
    pub verdict: Verdict,
    /// From the complete head to the end of the answer.
    pub took: Duration,
    /// Octets of the answer's body.
    pub sent: usize,
    /// Why the portal's answer is missing or broken off.
    pub error: Option<&'a str>,
}

/// Is told what happened. Called on every request, so it must not wait.
pub trait Witness: Send + Sync + 'static {
    /// A request was answered.
    fn request(&self, entry: &Entry<'_>);

    /// A connection was refused for what came over it. No request was understood.
    fn malformed(&self, client: ClientAddr, why: Malformed);

    /// Identity or forwarding headers from outside were dropped; `count` fields.
    fn headers_dropped(&self, client: ClientAddr, request: RequestId, count: usize);

    /// A connection was closed because there were too many.
    fn crowded(&self, client: ClientAddr);

    /// So many more connections are open, or fewer.
    fn connections(&self, change: i64) {
        let _ = change;
    }
}
