//! Every form with the keyboard alone: the Tab key goes to whatever can be used, in the order in which it is read,
//! nowhere twice and nowhere unseen; Enter in a field presses the form's first button.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::album::{Picture, nothing_of, pictures};
use crate::rig::browser::{Browser, Look};

/// What can be used on the page, in the order of the document: what the Tab key must reach. Circles of one name are
/// one stop. Each element gets a number.
const STOPS: &str = r"
for (const folded of document.querySelectorAll('details')) folded.open = true;
const circles = new Set();
const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter((it) => {
  if (it.tabIndex < 0 || it.disabled || it.type === 'hidden' || !it.checkVisibility()) return false;
  if (it.type !== 'radio') return true;
  const chosen = it.form.querySelector(`[name=${it.name}]:checked`);
  if (chosen ? chosen !== it : circles.has(it.name)) return false;
  circles.add(it.name);
  return true;
});
stops.forEach((it, number) => { it.dataset.stop = number; });
document.activeElement.blur();
getSelection().removeAllRanges();
return stops.map((it) => it.outerHTML.slice(0, 120));";

/// The element with the focus: its number, and whether a person sees that it has it.
const FOCUS: &str = r"
const it = document.activeElement;
const ring = [getComputedStyle(it), getComputedStyle(it, '::after')];
const seen = ring.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 3);
const box = it.getBoundingClientRect();
const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
return [it.dataset.stop ?? null, seen && there];";

/// Notes the form that would be sent, and by which button.
const LISTEN: &str = r"
document.addEventListener('submit', (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const buttons = [...event.target.querySelectorAll('button:not([type=button])')];
  document.body.dataset.sent = buttons.indexOf(event.submitter);
}, true);";

async fn press(browser: &Browser, key: &str) {
    let text = if key == "Enter" { "\r" } else { "" };
    let code = if key == "Enter" { 13 } else { 9 };
    let event = |kind: &str| json!({ "type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code });
    let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
    browser.cdp("Input.dispatchKeyEvent", event(down)).await;
    browser.cdp("Input.dispatchKeyEvent", event("keyUp")).await;
}

async fn run(browser: &Browser, script: &str) -> Value {
    browser.driver.execute(script, Vec::new()).await.unwrap()
}

/// Tab by Tab through the page.
async fn tabs_through(browser: &Browser, picture: &Picture, faults: &mut BTreeSet<String>) {
    picture.open(browser).await;
    let stops = run(browser, STOPS).await;
    let stops = stops.as_array().unwrap();
    for (number, stop) in stops.iter().enumerate() {
        press(browser, "Tab").await;
        let focus = run(browser, FOCUS).await;
        if focus[0] != json!(number.to_string()) {
            faults.insert(format!("{}: not {stop} but {}", picture.state, focus[0]));
            return;
        }
        if focus[1] != json!(true) {
            faults.insert(format!("{}: nobody sees the focus on {stop}", picture.state));
        }
    }
}

/// Enter in the first field of each form that has one to type in.
async fn enters(browser: &Browser, picture: &Picture, faults: &mut BTreeSet<String>) {
    let fields = "return [...document.forms].map((form, n) => { const field = form.querySelector('input:not([type=hidden], [type=radio], [type=checkbox], [readonly])'); \
                  if (field) { field.dataset.first = n; } return field ? n : null; }).filter((n) => n !== null)";
    let fields = run(browser, fields).await;
    for form in fields.as_array().unwrap() {
        run(browser, LISTEN).await;
        run(
            browser,
            &format!(
                "delete document.body.dataset.sent; document.querySelector('[data-first=\"{form}\"]').focus()"
            ),
        )
        .await;
        press(browser, "Enter").await;
        let sent = run(browser, "return document.body.dataset.sent ?? null").await;
        if sent != json!("0") {
            faults.insert(format!("{}: Enter in form {form} pressed {sent}", picture.state));
        }
    }
}

#[tokio::test]
async fn every_form_can_be_used_with_the_keyboard_alone() {
    let browser = Browser::start(&Look::default()).await;
    let mut faults = BTreeSet::new();
    for picture in pictures("en") {
        tabs_through(&browser, &picture, &mut faults).await;
        enters(&browser, &picture, &mut faults).await;
    }
    browser.close().await;
    nothing_of(&faults);
}
