//! `sign-out`: the question, and after it the goodbye.

use axum::response::Response;
use http::StatusCode;

use super::cookie::{self, Kind};
use super::reception::Reception;
use super::reply::Reply;
use super::submission::Submission;
use super::view::sign_in::Remembered;
use super::view::{Complaint, Notice, Shell, sign_in as view};
use crate::service::Cookies;

/// Said where a link of a letter was opened in a browser that is signed in.
pub const LINK_OPENED: &str = "link-opened";

/// `GET sign-out`: asks. Half signed in, it leads to the step that is open.
pub async fn show(mut reception: Reception) -> Response {
    if reception.visitor.is_none() {
        match reception.web.desk.flow_of(&reception.cookies).await {
            Ok(Some((ticket, _))) if ticket.flow.upgrades.is_none() => {
                return Reply::to_page("sign-in", &reception).done();
            }
            Ok(_) => {}
            Err(outage) => return reception.outage(&outage),
        }
    }
    reception.ensure_form_cookie();
    let by_link = reception.visitor.is_some() && reception.said.as_deref() == Some(LINK_OPENED);
    let notice = by_link.then_some(Notice::SignOutForLink);
    question(&reception, StatusCode::OK, Vec::new(), notice)
}

fn question(
    reception: &Reception,
    status: StatusCode,
    complaints: Vec<Complaint>,
    notice: Option<Notice>,
) -> Response {
    let shell = Shell {
        complaints,
        ..reception.shell_saying(notice)
    };
    Reply::page(
        status,
        &view::SignOut {
            shell,
            remembered: reception.remembered(),
        },
        reception,
    )
    .done()
}

/// `POST sign-out`: ends the session or the flow; with `forget` this device is forgotten.
pub async fn submit(submission: Submission) -> Response {
    let Submission {
        reception,
        form,
        fresh,
    } = submission;
    if !fresh {
        return question(
            &reception,
            StatusCode::UNPROCESSABLE_ENTITY,
            vec![Complaint::StaleForm],
            None,
        );
    }
    let forget = form.get("forget") == "yes";
    let remembered = if forget {
        Remembered::No
    } else {
        reception.remembered()
    };
    let caller = reception.caller();
    let half_way = reception.visitor.is_none() && reception.cookies.flow.is_some() && !forget;
    if forget {
        let desk = &reception.web.desk;
        let visitor = reception.visitor.as_ref();
        if let Err(outage) = desk
            .forget_this_device(visitor, &reception.cookies, &caller)
            .await
        {
            return reception.outage(&outage);
        }
    }
    // Who starts again with another account may still be whoever's form waits.
    let ended = match half_way {
        true => Cookies {
            session: None,
            ..reception.cookies.clone()
        },
        false => reception.cookies.clone(),
    };
    if let Err(outage) = reception.web.desk.sign_out(&ended, &caller).await {
        return reception.outage(&outage);
    }
    if half_way {
        // "Start again with another account".
        let mut reply = Reply::see_other(
            &reception
                .shell()
                .url_with_next("sign-in", reception.next.as_deref()),
        );
        reply.remove(Kind::Flow, &reception);
        return reply.done();
    }
    let https = reception.arrival.site.https;
    let mut reply = goodbye(reception, remembered, forget.then_some(Notice::DeviceForgotten));
    if forget {
        // Other accounts may have trusted this browser too; without the cookie their entries are dead.
        reply.add_cookie(&cookie::remove(Kind::Device, https));
    }
    reply.done()
}

/// The page that says it has happened, for a browser whose session has just ended.
pub fn goodbye(mut reception: Reception, remembered: Remembered, notice: Option<Notice>) -> Reply {
    reception.visitor = None;
    reception.cookies.session = None;
    reception.cookies.flow = None;
    reception.ensure_form_cookie();
    let page = view::SignedOut {
        shell: reception.shell_saying(notice),
        remembered,
    };
    let mut reply = Reply::page(StatusCode::OK, &page, &reception);
    reply.remove(Kind::Session, &reception);
    reply
}
