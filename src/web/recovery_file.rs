//! The file with recovery codes: plain text that still makes sense in ten years.

use axum::body::Body;
use axum::response::Response;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use super::reception::Reception;
use crate::identity::account::Account;
use crate::identity::factor::recovery::RecoveryCode;

/// The codes as a file to keep: site, account, day, how to use them. No password, no secret of the app.
pub fn download(reception: &Reception, account: &Account, codes: &[RecoveryCode]) -> Response {
    let words = &reception.words;
    let mut lines = vec![
        words.say_with(
            "recovery-file-title",
            &[
                ("host", reception.arrival.site.host.as_str().into()),
                ("count", codes.len().into()),
            ],
        ),
        words.say_with(
            "recovery-file-account",
            &[("account", account.email.spelling().into())],
        ),
        words.say_with(
            "recovery-file-date",
            &[("date", words.date(reception.now(), &reception.zone()).into())],
        ),
        String::new(),
    ];
    lines.extend(codes.iter().map(RecoveryCode::printed));
    lines.push(String::new());
    lines.push(words.say_with("recovery-file-use", &[("count", codes.len().into())]));
    let mut response = Response::new(Body::from(lines.join("\r\n") + "\r\n"));
    let headers = response.headers_mut();
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    if let Ok(disposition) = HeaderValue::from_str(&format!(
        "attachment; filename=\"{}-recovery-codes.txt\"",
        file_name(words.brand())
    )) {
        headers.insert(CONTENT_DISPOSITION, disposition);
    }
    response
}

/// The brand as a file name: letters, digits and hyphens (RFC 6266 §4.3 advises no more).
fn file_name(brand: &str) -> String {
    let plain: String = brand
        .chars()
        .map(|it| {
            if it.is_ascii_alphanumeric() {
                it.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let name: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).collect();
    if name.is_empty() {
        "portal".to_owned()
    } else {
        name.join("-")
    }
}
