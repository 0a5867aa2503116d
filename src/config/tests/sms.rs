//! Text messages: what is accepted, and what becomes of it. What is refused stands in `bad_config`.

use http::Method;

use super::{Stage, smallest_and};
use crate::config::{Loaded, parse};
use crate::identity::settings::{PhoneStep, SmsUse};
use crate::messaging::sms::{Provider, Values};

const VALUES: Values<'static> = Values {
    to: "+41791234567",
    text: "a \"b\" & c",
    from: "Port&l",
};

fn read(more: &str) -> Loaded {
    let stage = Stage::default()
        .file("/etc/doorward/sms-key", "Bearer hunter2\n")
        .file(
            "/etc/doorward/sms-body.json",
            "{\"key\": \"hunter2\", \"to\": \"{to}\", \"text\": \"{text}\"}\n",
        );
    let text = smallest_and(more);
    let read = parse(
        &text,
        "config.yaml",
        std::path::Path::new("/etc/doorward"),
        &stage,
    );
    read.unwrap_or_else(|report| panic!("{}", report.render(false)))
}

fn provider(more: &str) -> Provider {
    let switched = format!("second_factor: {{sms: {{}}}}\n{more}");
    read(&switched).settings.messaging.sms.unwrap()
}

#[test]
fn they_are_off_unless_the_file_says_otherwise() {
    let settings = read("").settings;
    assert!(settings.identity.second_factor.sms.is_none() && settings.messaging.sms.is_none());
    let loaded = read(
        "second_factor: {methods: [sms, app, email], sms: {use: method, phone: required, countries: [CH, DE]}}\n\
         sms: {url: 'https://sms.example.com', body: 'to={to}&text={text}'}\n",
    );
    let sms = loaded.settings.identity.second_factor.sms.unwrap();
    assert_eq!((sms.used_as, sms.phone), (SmsUse::Method, PhoneStep::Required));
    assert_eq!(sms.countries.len(), 2);
    assert_eq!(loaded.warnings.render(false), "");
}

#[test]
fn json_and_forms_are_told_by_the_type_or_else_by_their_look() {
    let json =
        provider("sms: {url: 'https://sms.example.com/v1', body: '{\"to\":\"{to}\",\"t\":\"{text}\"}'}\n");
    assert_eq!(json.content_type, "application/json");
    assert_eq!(
        json.body.unwrap().fill(&VALUES),
        r#"{"to":"+41791234567","t":"a \"b\" & c"}"#
    );
    let form = provider(
        "sms: {url: 'https://sms.example.com/v1', method: PUT, from: Portal, body: 'to={to}&t={text}&f={from}'}\n",
    );
    assert_eq!(
        (form.method, form.content_type.as_str()),
        (Method::PUT, "application/x-www-form-urlencoded")
    );
    assert_eq!(
        form.body.unwrap().fill(&VALUES),
        "to=%2B41791234567&t=a%20%22b%22%20%26%20c&f=Port%26l"
    );
    let typed = provider(
        "sms: {url: 'https://sms.example.com/v1', headers: {content-type: 'application/vnd.x+json; charset=utf-8'}, body: ' [\"{to}\", \"{text}\"]'}\n",
    );
    assert_eq!(typed.content_type, "application/vnd.x+json; charset=utf-8");
    assert!(typed.headers.is_empty(), "the type is sent once");
    let query = provider("sms: {url: 'https://sms.example.com/v1?to={to}&text={text}', method: GET}\n");
    assert!(query.body.is_none());
    assert_eq!(
        query.url.fill(&VALUES),
        "https://sms.example.com/v1?to=%2B41791234567&text=a%20%22b%22%20%26%20c"
    );
}

#[test]
fn secrets_are_named_and_never_shown() {
    let loaded = read(
        "second_factor: {sms: {}}\n\
         sms: {url: 'https://sms.example.com/v1', headers: {Authorization: file:sms-key, X-Plain: yes}, body: file:sms-body.json}\n",
    );
    let shown = loaded.effective.to_text() + &loaded.effective.to_json().to_string();
    assert!(!shown.contains("hunter2"), "{shown}");
    assert!(
        shown.contains("file:sms-key") && shown.contains("file:sms-body.json"),
        "{shown}"
    );
    assert!(!format!("{:?}", loaded.settings.messaging).contains("hunter2"));
    let provider = loaded.settings.messaging.sms.unwrap();
    assert_eq!(provider.headers[0].1.expose(), "Bearer hunter2");
    assert!(
        provider
            .body
            .unwrap()
            .fill(&VALUES)
            .starts_with("{\"key\": \"hunter2\"")
    );
}
