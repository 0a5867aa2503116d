//! Every form with the keyboard alone: the Tab key goes to whatever can be used, in the order in which it is read,
//! nowhere twice and nowhere unseen; Enter in a field presses the form's first button.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::album::{nothing_of, pictures};
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
const top = document.createElement('a');
top.tabIndex = -1;
document.body.prepend(top);
top.focus();
top.remove();
return stops.map((it) => [it.tagName, it.id, it.name, it.className, it.textContent.trim().slice(0, 40)].join(' '));";

/// Where the focus is when the page has come: on the summary of what is wrong, where something is; else in the field
/// that is all the page asks for, or nowhere.
const FIRST: &str = r"
const it = document.activeElement;
const wrong = document.querySelector('.err');
return wrong ? it === wrong : it === document.body || it.matches('input[autofocus]');";

/// Notes whatever gets the focus: its number, and whether a person sees that it has it.
const WATCH: &str = r"
window.path = [];
document.addEventListener('focusin', ({ target }) => {
  const ring = [getComputedStyle(target), getComputedStyle(target, '::after')];
  const seen = ring.some((look) => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 3);
  const box = target.getBoundingClientRect();
  const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  window.path.push([target.dataset.stop ?? target.outerHTML.slice(0, 60), seen && there]);
});";

/// Notes the form that would be sent, and by which button.
const LISTEN: &str = r"
document.addEventListener('submit', (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  const buttons = [...event.target.querySelectorAll('button:not([type=button])')];
  document.body.dataset.sent = buttons.indexOf(event.submitter);
}, true);";

async fn press(browser: &Browser, key: &str) {
    let (text, code) = if key == "Enter" { ("\r", 13) } else { ("", 9) };
    let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
    let event = json!({ "type": kind, "key": key, "code": key, "text": text, "windowsVirtualKeyCode": code });
    browser.cdp("Input.dispatchKeyEvent", event).await;
}

async fn run(browser: &Browser, script: &str) -> Value {
    browser.driver.execute(script, Vec::new()).await.unwrap()
}

/// Tab by Tab through the page, unless another with the same stops was walked before.
async fn tabs_through(
    browser: &Browser,
    at: &str,
    walked: &mut BTreeSet<String>,
    faults: &mut BTreeSet<String>,
) {
    let stops = run(browser, STOPS).await;
    let stops = stops.as_array().unwrap();
    if !walked.insert(format!("{stops:?}")) {
        return;
    }
    run(browser, WATCH).await;
    for _ in stops {
        press(browser, "Tab").await;
    }
    let path = run(browser, "return window.path").await;
    let path = path.as_array().unwrap();
    for (number, stop) in stops.iter().enumerate() {
        let (reached, seen) = match path.get(number) {
            Some(focus) => (&focus[0], &focus[1]),
            None => (&Value::Null, &Value::Null),
        };
        if *reached != json!(number.to_string()) {
            faults.insert(format!("{at}: not {stop} but {reached}"));
            return;
        }
        if *seen != json!(true) {
            faults.insert(format!("{at}: nobody sees the focus on {stop}"));
        }
    }
}

/// Enter in the first field of each form that has one to type in.
async fn enters(browser: &Browser, at: &str, faults: &mut BTreeSet<String>) {
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
            faults.insert(format!("{at}: Enter in form {form} pressed {sent}"));
        }
    }
}

#[tokio::test]
async fn every_form_can_be_used_with_the_keyboard_alone() {
    let browser = Browser::start(&Look::default()).await;
    let (mut faults, mut walked) = (BTreeSet::new(), BTreeSet::new());
    for picture in pictures("en") {
        picture.open(&browser).await;
        if run(&browser, FIRST).await != json!(true) {
            faults.insert(format!("{}: the focus is elsewhere at first", picture.state));
        }
        tabs_through(&browser, &picture.state, &mut walked, &mut faults).await;
        enters(&browser, &picture.state, &mut faults).await;
    }
    browser.close().await;
    nothing_of(&faults);
}
