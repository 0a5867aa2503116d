//! Trusted devices: a table where there is room for one, and below 600 px a block for each device, in which every fact
//! has its heading beside it; from left to right and from right to left, with longer words, too.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::album::{nothing_of, pictures};
use crate::rig::browser::{Browser, Look};

/// What is not as it should be at this width. Whoever listens hears a table in any case.
const EXAMINE: &str = r"
const [narrow] = arguments;
const faults = [];
const check = (right, what) => { if (!right) faults.push(what); };
const table = document.querySelector('table');
const box = (it) => it.getBoundingClientRect();
const heads = [...table.querySelectorAll('thead th[scope=col]')];
const shown = (it) => it.checkVisibility() && box(it).width > 1;
check(table.caption && table.caption.textContent.trim(), 'no caption');
check(heads.length === 4, 'no headings');
check(table.getAttribute('role') === 'table', 'is no table to those who listen');
const first = [...table.querySelectorAll('tbody')].map((body) => body.rows[0]);
check(first.length > 1, 'too few devices');
const mirrored = document.dir === 'rtl';
for (const row of first) {
  const [name, ...facts] = row.cells;
  check(name.tagName === 'TH' && name.scope === 'row', 'the name is no heading');
  facts.forEach((fact, at) => {
    const own = fact.querySelector('.head');
    check(own.textContent === heads[at + 1].textContent, `other words: ${own.textContent}`);
    check(shown(own) === narrow, `own heading of ${fact.textContent}`);
    const value = own.nextElementSibling;
    check(shown(value), `nothing under ${own.textContent}`);
    if (narrow) {
      check(box(fact).top >= box(name).bottom - 1, 'is not below the name');
    } else {
      check(Math.abs(box(fact).top - box(name).top) < 40, 'is not beside the name');
      const [before, after] = mirrored ? [fact, name] : [name, fact];
      check(box(before).left < box(after).left, 'is not in the order of reading');
      check(Math.abs(box(fact).left - box(heads[at + 1]).left) < 1, 'is not below its heading');
    }
  });
}
check(shown(table.tHead) !== narrow, 'headings of columns');
return faults;";

async fn examine(browser: &Browser, language: &str, width: u32, faults: &mut BTreeSet<String>) {
    let window = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", window).await;
    for picture in pictures(language) {
        let listed = ["account-devices", "account-devices-limit", "account-devices-name"];
        if !listed.contains(&picture.state.as_str()) {
            continue;
        }
        picture.open(browser).await;
        let found = browser.driver.execute(EXAMINE, vec![json!(width < 600)]).await;
        let found = found.unwrap();
        let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
        let at = format!("{language} {width} {}", picture.state);
        faults.extend(found.map(|fault| format!("{at}: {fault}")));
        if browser.is_too_wide().await {
            faults.insert(format!("{at}: is wider than the window"));
        }
    }
}

#[tokio::test]
async fn trusted_devices_are_a_table_that_is_stacked_where_it_is_narrow() {
    let browser = Browser::start(&Look::default()).await;
    let mut faults = BTreeSet::new();
    for language in ["en", "de", "en-XA", "ar-XB"] {
        for width in [320, 360, 599, 600, 1280] {
            examine(&browser, language, width, &mut faults).await;
        }
    }
    browser.close().await;
    nothing_of(&faults);
}
