//! The one table of pages.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{MethodRouter, get, post};
use http::StatusCode;

use super::account::{
    self, activity, app, app_setup, details, devices, language, overview, password, phone, recovery_codes,
    sessions,
};
use super::arrival::Arrival;
use super::reception::Reception;
use super::view::edge::Obstacle;
use super::{
    Web, code, confirm, email, invite, register, register_method, reply, reset, resume, set_up, set_up_phone,
    sign_in, sign_out, small, terms, trust,
};

/// What a page demands before it shows or does anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Demands {
    /// Nothing: it is for strangers, or says the same to everybody.
    Nothing,
    /// A flow after the right password, or a session that lacks something.
    Flow,
    /// A session.
    Session,
    /// A session that lacks nothing: the account is its own.
    Owner,
}

/// One page.
pub struct Route {
    /// Below the prefix.
    pub path: &'static str,
    /// What it demands.
    pub demands: Demands,
    handlers: fn() -> MethodRouter<Arc<Web>>,
}

const fn route(path: &'static str, demands: Demands, handlers: fn() -> MethodRouter<Arc<Web>>) -> Route {
    Route {
        path,
        demands,
        handlers,
    }
}

/// All pages.
pub const ROUTES: &[Route] = &[
    route("/sign-in", Demands::Nothing, || {
        get(sign_in::show).post(sign_in::submit)
    }),
    route("/code/email", Demands::Flow, || {
        get(code::show_email).post(code::submit_email)
    }),
    route("/code/email/send", Demands::Flow, || post(code::send_email)),
    route("/code/app", Demands::Flow, || {
        get(code::show_app).post(code::submit_app)
    }),
    route("/code/sms", Demands::Flow, || {
        get(code::show_sms).post(code::submit_sms)
    }),
    route("/code/sms/send", Demands::Flow, || post(code::send_sms)),
    route("/code/recovery", Demands::Flow, || {
        get(code::show_recovery).post(code::submit_recovery)
    }),
    route("/code/recovery/used", Demands::Session, || {
        get(trust::show_recovery_used).post(trust::submit_recovery_used)
    }),
    route("/methods", Demands::Flow, || {
        get(code::show_methods).post(code::choose)
    }),
    route("/trust", Demands::Session, || {
        get(trust::show).post(trust::submit)
    }),
    route("/resume", Demands::Session, || {
        get(resume::show).post(resume::submit)
    }),
    route("/setup/why", Demands::Flow, || {
        get(set_up::show_why).post(set_up::submit_why)
    }),
    route("/setup/phone", Demands::Flow, || {
        get(set_up_phone::show).post(set_up_phone::submit)
    }),
    route("/setup/app", Demands::Flow, || {
        get(set_up::show_app).post(set_up::submit_app)
    }),
    route("/setup/codes", Demands::Flow, || {
        get(set_up::show_codes).post(set_up::submit_codes)
    }),
    route("/setup/done", Demands::Flow, || {
        get(set_up::show_done).post(set_up::submit_done)
    }),
    route("/register", Demands::Nothing, || {
        get(register::show).post(register::submit)
    }),
    route("/register/check", Demands::Nothing, || {
        get(register::show_check).post(register::submit_check)
    }),
    route("/register/check/send", Demands::Nothing, || {
        post(register::send_again)
    }),
    route("/register/link/{name}", Demands::Nothing, || {
        get(register::open_link)
    }),
    route("/register/details", Demands::Nothing, || {
        get(register::show_details).post(register::submit_details)
    }),
    route("/register/waiting", Demands::Nothing, || {
        get(register::show_waiting)
    }),
    route("/register/method", Demands::Flow, || {
        get(register_method::show).post(register_method::submit)
    }),
    route("/invite", Demands::Nothing, || {
        get(invite::show).post(invite::submit)
    }),
    route("/invite/{name}", Demands::Nothing, || get(invite::open)),
    route("/terms", Demands::Nothing, || {
        get(terms::show).post(terms::submit)
    }),
    route("/terms/file", Demands::Nothing, || get(terms::download)),
    route("/reset", Demands::Nothing, || {
        get(reset::show).post(reset::submit)
    }),
    route("/reset/sent", Demands::Nothing, || get(reset::show_sent)),
    route("/reset/password", Demands::Nothing, || {
        get(reset::show_password).post(reset::submit_password)
    }),
    route("/reset/{name}", Demands::Nothing, || get(reset::open)),
    route("/email/confirm", Demands::Nothing, || {
        get(email::show_confirm).post(email::submit_confirm)
    }),
    route("/email/confirm/{name}", Demands::Nothing, || {
        get(email::open_confirm)
    }),
    route("/email/revoke", Demands::Nothing, || {
        get(email::show_revoke).post(email::submit_revoke)
    }),
    route("/email/revoke/done", Demands::Nothing, || {
        get(email::show_revoked)
    }),
    route("/email/revoke/{name}", Demands::Nothing, || {
        get(email::open_revoke)
    }),
    route("/account", Demands::Owner, || get(overview::show)),
    route("/account/details", Demands::Owner, || {
        get(details::show).post(details::submit)
    }),
    route("/account/email", Demands::Owner, || {
        get(account::email::show).post(account::email::submit)
    }),
    route("/account/language", Demands::Owner, || {
        get(language::show).post(language::submit)
    }),
    route("/account/password", Demands::Owner, || {
        get(password::show).post(password::submit)
    }),
    route("/account/app", Demands::Owner, || {
        get(app::show).post(app::submit)
    }),
    route("/account/app/setup", Demands::Owner, || {
        get(app_setup::show).post(app_setup::submit)
    }),
    route("/account/app/remove", Demands::Owner, || {
        get(app::show_remove).post(app::submit_remove)
    }),
    route("/account/phone", Demands::Owner, || {
        get(phone::show).post(phone::submit)
    }),
    route("/account/devices", Demands::Owner, || {
        get(devices::show).post(devices::submit)
    }),
    route("/account/recovery-codes", Demands::Owner, || {
        get(recovery_codes::show).post(recovery_codes::submit)
    }),
    route("/account/recovery-codes/new", Demands::Owner, || {
        get(recovery_codes::show_new).post(recovery_codes::submit_new)
    }),
    route("/account/sessions", Demands::Owner, || {
        get(sessions::show).post(sessions::submit)
    }),
    route("/account/activity", Demands::Owner, || get(activity::show)),
    route("/confirm", Demands::Owner, || {
        get(confirm::show).post(confirm::submit)
    }),
    route("/sign-out", Demands::Nothing, || {
        get(sign_out::show).post(sign_out::submit)
    }),
    route("/language", Demands::Nothing, || post(small::language)),
    route("/assets/{name}", Demands::Nothing, || get(small::asset)),
];

/// The pages as a router. Paths outside the prefix and the well-known one never get here.
pub fn router(web: Arc<Web>) -> Router {
    let prefix = web.settings.load().prefix.clone();
    let body = web.settings.load().form_body;
    let mut pages = Router::new();
    for route in ROUTES {
        pages = pages.route(route.path, (route.handlers)());
    }
    pages = pages
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed);
    Router::new()
        .nest(&prefix, pages)
        .route("/.well-known/change-password", get(small::change_password))
        .fallback(not_found)
        .layer(from_fn_with_state(Arc::clone(&web), dressed))
        .layer(DefaultBodyLimit::max(body))
        .with_state(web)
}

async fn not_found(reception: Reception) -> Response {
    reception.not_found()
}

async fn method_not_allowed(reception: Reception) -> Response {
    reception.obstacle(StatusCode::METHOD_NOT_ALLOWED, Obstacle::MethodNotAllowed)
}

/// Puts on what every answer of ours wears.
async fn dressed(State(_web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let site = request
        .extensions()
        .get::<Arrival>()
        .map(|arrival| Arc::clone(&arrival.site));
    let mut response = next.run(request).await;
    if let Some(site) = site {
        reply::dress(&mut response, site.https, &site.redirects_to);
    }
    response
}
