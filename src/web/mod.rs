//! The gateway's own pages: an axum router. Knows HTTP, not Pingora.
//!
//! [`ROUTES`] is the one table of what there is: each page, what it demands, and its handlers. A
//! page that is added without saying what it demands does not compile; a test walks all of them
//! signed out and half signed in.

pub mod account;
pub mod arrival;
pub mod assets;
pub mod code;
pub mod confirm;
pub mod cookie;
pub mod email;
pub mod form;
pub mod headers;
pub mod invite;
pub mod look;
pub mod obstacle;
pub mod phone;
pub mod reception;
pub mod recovery_file;
pub mod register;
pub mod register_method;
pub mod reply;
pub mod reset;
pub mod resume;
pub mod routes;
pub mod set_up;
pub mod set_up_phone;
pub mod settings;
pub mod sign_in;
pub mod sign_out;
pub mod small;
pub mod submission;
pub mod target;
pub mod terms;
pub mod trust;
pub mod view;

use std::sync::Arc;

use arc_swap::ArcSwap;
use http::Method;

use crate::identity::assurance::Missing;
use crate::language::{Catalog, Zone};
use crate::service::Desk;
use crate::service::visit::{Visitor, Visits};
use arrival::Arrival;
use settings::Settings;

pub use routes::{Demands, router};

/// What is to be reached on the portal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wanted {
    /// A page load, or a form's method.
    pub method: Method,
    /// Path and query.
    pub target: String,
}

/// What the portal still demands of a visitor who is there in this manner. `None`: nothing.
pub type Lacks = dyn Fn(&Visitor, &Arrival, &Wanted) -> Option<Missing> + Send + Sync;

/// The pages and what they need.
pub struct Web {
    /// The stories.
    pub desk: Arc<Desk>,
    /// Who is signed in.
    pub visits: Arc<Visits>,
    /// What the pages are told; replaced by a reload.
    pub settings: ArcSwap<Settings>,
    /// The zone of times; replaced by a reload.
    pub zone: ArcSwap<Zone>,
    /// All words; replaced by a reload.
    pub catalog: ArcSwap<Catalog>,
    /// What the portal still demands of a visitor.
    pub lacks: Box<Lacks>,
}
