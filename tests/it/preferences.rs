//! Every state of every page as people set up their browsers who see little: in the few colours that they have chosen
//! themselves, with letters twice as large. And on paper, where it is to be kept: the key of an app, the codes.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::album::{Picture, Window, nothing_of, pictures};
use crate::rig::browser::{Browser, Look};

/// What is wrong with the page on paper: whatever can only be pressed is left out, ink is black, and of a page with
/// codes there are the codes and whose they are.
const PAPER: &str = r"
const faults = matchMedia('print').matches ? [] : ['is not for paper'];
const named = (it) => `${it.tagName} ${it.className} ${it.textContent.trim().slice(0, 30)}`;
const seen = (css) => [...document.querySelectorAll(css)].filter((it) => it.checkVisibility());
for (const it of seen('button, .button, footer, body > header, .trail')) faults.push(`prints ${named(it)}`);
for (const it of seen('h1, p, li, dd')) {
  if (getComputedStyle(it).color !== 'rgb(0, 0, 0)' && !it.closest('.err, .notice, .field-error, .state, a'))
    faults.push(`is ${getComputedStyle(it).color}: ${named(it)}`);
}
if (document.querySelector('.codes')) {
  if (seen('.codes li').length === 0) faults.push('prints no codes');
  if (seen('.print-only').length === 0) faults.push('does not say whose codes they are');
  for (const it of seen('main > *')) {
    if (!it.matches('h1, .codes, .print-only')) faults.push(`prints beside the codes ${named(it)}`);
  }
}
for (const it of document.querySelectorAll('svg.qr, #key')) {
  if (!it.checkVisibility()) faults.push(`does not print ${it.id || 'the QR code'}`);
}
return faults;";

/// What is wrong with the page where all backgrounds are alike and letters are large: what is pressed or filled in has a
/// border or a line under it (but for the language that the page is in), the QR code keeps its own colours, and
/// nothing is cut off.
const FORCED_AND_LARGE: &str = r"
const faults = matchMedia('(forced-colors: active)').matches ? [] : ['keeps its colours'];
const named = (it) => `${it.tagName} ${it.className} ${it.textContent.trim().slice(0, 30)}`;
const size = parseFloat(getComputedStyle(document.body).fontSize);
if (size < 32) faults.push(`letters stay at ${size}`);
for (const folded of document.querySelectorAll('details')) folded.open = true;
const marked = 'button:not([aria-current]), .button, .err, .notice, .codes, select, textarea, input:not([type=hidden], [type=radio], [type=checkbox])';
for (const it of document.querySelectorAll(marked)) {
  if (!it.checkVisibility()) continue;
  const look = getComputedStyle(it);
  const lined = look.textDecorationLine.includes('underline');
  const bordered = look.borderTopStyle !== 'none' && parseFloat(look.borderTopWidth) >= 1;
  if (!lined && !bordered) faults.push(`nothing shows ${named(it)}`);
}
const code = document.querySelector('svg.qr');
if (code && getComputedStyle(code).forcedColorAdjust !== 'none') faults.push('the QR code changes its colours');
for (const it of document.querySelectorAll('main, main *, footer, header, nav')) {
  if (!it.checkVisibility() || it.matches('.vh, .vh *, .stacked thead, .stacked thead *, input, svg *')) continue;
  if (getComputedStyle(it).overflowX !== 'visible' && it.scrollWidth > it.clientWidth + 1) faults.push(`cuts off ${named(it)}`);
}
return faults;";

/// The pages that people keep on paper: how to add an app, and recovery codes.
const KEPT: [&str; 5] = [
    "account-app-setup",
    "account-recovery-codes-new",
    "recovery-used-fresh",
    "setup-app",
    "setup-codes",
];

/// A window of this width that shows pages so, with letters of this size: browsers begin with 16.
async fn set(browser: &Browser, width: u32, media: Value, letters: u32) {
    let window = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", window).await;
    browser.cdp("Emulation.setEmulatedMedia", media).await;
    let sizes = json!({ "fontSizes": { "standard": letters } });
    browser.cdp("Page.setFontSizes", sizes).await;
}

async fn nothing_is_wrong(browser: Browser, kept: &[Picture], examine: &str) {
    let mut faults = BTreeSet::new();
    let window = Window::at(&kept[0], browser).await;
    let browser = &window.browser;
    for picture in kept {
        window.show(&picture.html()).await;
        let found = browser.driver.execute(examine, Vec::new()).await.unwrap();
        let found = found.as_array().unwrap().iter().filter_map(Value::as_str);
        faults.extend(found.map(|fault| format!("{}: {fault}", picture.state)));
        if browser.is_too_wide().await {
            faults.insert(format!("{}: is wider than the window", picture.state));
        }
    }
    window.browser.close().await;
    nothing_of(&faults);
}

/// Half a screen: what is not too wide there is not on a whole one.
#[tokio::test]
async fn every_page_bears_forced_colours_and_letters_twice_as_large() {
    let (browser, all) = (Browser::start(&Look::default()).await, pictures("en"));
    // Letters change their size from the second page on.
    all[0].open(&browser).await;
    let forced = json!({ "features": [{ "name": "forced-colors", "value": "active" }] });
    set(&browser, 640, forced, 32).await;
    nothing_is_wrong(browser, &all, FORCED_AND_LARGE).await;
}

/// A4 upright, less two margins of a centimetre; the screen is dark.
#[tokio::test]
async fn what_is_to_be_kept_can_be_printed() {
    let browser = Browser::start(&Look::default()).await;
    let dark = json!([{ "name": "prefers-color-scheme", "value": "dark" }]);
    set(&browser, 718, json!({ "media": "print", "features": dark }), 16).await;
    let mut kept = pictures("en");
    kept.retain(|it| KEPT.iter().any(|page| it.state.starts_with(page)));
    assert!(kept.len() >= KEPT.len());
    nothing_is_wrong(browser, &kept, PAPER).await;
}
