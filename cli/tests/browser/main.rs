//! The report, used in a real browser as a person would. Without a Chromium on the path the test is skipped, and says so.

mod chromium;
mod program;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use chromium::Chromium;
use program::{MACHINES, program};
use serde_json::json;

/// The page that `cargo pinsight report` makes of that program.
fn report() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("report-in-a-browser");
    std::fs::create_dir_all(&folder).unwrap();
    let (saved, page) = (folder.join("machines.json"), folder.join("report.html"));
    let document = json!({ "format_version": 1, "machines": program(), "gaps": [] });
    std::fs::write(&saved, document.to_string()).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_cargo-pinsight"))
        .args(["pinsight", "report", "--binary"])
        .arg(&saved)
        .arg("--output")
        .arg(&page)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    page
}

/// The lines of the table that are to be seen, each by its name.
const NAMES: &str = "[...document.querySelectorAll('#machines > tbody > tr:not(.detail)')].filter(row => !row.hidden)\
    .map(row => row.querySelector('th button').title)";

fn type_text(browser: &mut Chromium, text: &str) {
    text.chars().for_each(|key| browser.press(&key.to_string()));
}

fn only(browser: &mut Chromium, words: &str) {
    let words = json!(words);
    browser.evaluate(&format!(
        "search.value = {words}; search.dispatchEvent(new Event('input')); document.getElementById('count').textContent"
    ));
}

#[test]
fn the_report_works_in_a_browser() {
    let page = report();
    let Some(mut browser) = Chromium::start() else {
        eprintln!("skipped: there is no `chromium` on the path");
        return;
    };
    let before = browser.requests.len();
    let start = Instant::now();
    browser.open(&page);
    eprintln!("opened in {:?}", start.elapsed());
    assert_eq!(browser.evaluate(&format!("{NAMES}.length")), json!(MACHINES));

    sorts(&mut browser);
    searches(&mut browser);
    opens_a_machine(&mut browser);
    opens_a_child_in_place(&mut browser);
    shows_markup_as_text(&mut browser);
    is_used_by_keyboard(&mut browser);
    is_dark_and_on_paper(&mut browser);

    assert_eq!(browser.errors, [] as [String; 0]);
    assert_eq!(browser.requests[before..].len(), 1, "only the page itself: {:?}", browser.requests);
    is_readable_without_its_script(&mut browser, &page);
}

fn sorts(browser: &mut Chromium) {
    let largest = format!("app::generated::task{:04}", MACHINES - 4);
    assert_eq!(browser.evaluate(&format!("{NAMES}[0]")), json!(largest));
    let time = browser.evaluate(
        "(() => { const start = performance.now(); document.querySelector('[data-key=size]').click(); \
         document.body.offsetHeight; return performance.now() - start; })()",
    );
    eprintln!("sorted in {time} ms");
    assert_eq!(browser.evaluate(&format!("{NAMES}[0]")), json!("app::leaf"));
    assert_eq!(browser.evaluate("document.querySelector('th.size').ariaSort"), json!("ascending"));
    browser.evaluate("document.querySelector('[data-key=name]').click()");
    assert_eq!(
        browser.evaluate(&format!("{NAMES}.slice(1, 3)")),
        json!(["app::generated::task0000", "app::generated::task0001"])
    );
    assert_eq!(browser.evaluate("document.querySelector('th.size').ariaSort"), json!("none"));
    browser.evaluate("document.querySelector('[data-key=refs]').click()");
    assert_eq!(browser.evaluate(&format!("{NAMES}[0]")), json!("app::recursive"));
}

fn searches(browser: &mut Chromium) {
    only(browser, "TASK00 generated");
    assert_eq!(browser.evaluate(&format!("{NAMES}.length")), json!(100));
    assert_eq!(browser.evaluate("document.getElementById('count').textContent"), json!("100 of 1,500"));
    only(browser, "nobody has this");
    assert_eq!(browser.evaluate("document.getElementById('nothing').hidden"), json!(false));
    only(browser, "main.rs recursive");
    assert_eq!(browser.evaluate(NAMES), json!(["app::recursive"]));
}

fn opens_a_machine(browser: &mut Chromium) {
    assert_eq!(browser.evaluate("document.querySelectorAll('svg').length"), json!(0), "pictures are drawn when opened");
    browser.evaluate("document.querySelector('tbody > tr:not([hidden]) > th > button').click()");
    assert_eq!(
        browser.evaluate("[...document.querySelectorAll('.columns text.name')].map(name => name.textContent)"),
        json!(["Unresumed", "Suspend0", "Suspend1"])
    );
    assert_eq!(browser.evaluate("document.querySelectorAll('.columns .arrow.certain').length"), json!(1));
    assert_eq!(browser.evaluate("document.querySelectorAll('.columns .arrow.possible').length"), json!(1));
    // A bar is as high as its slot is large, and a column as high as the machine.
    let height = "name => document.querySelector(`.run[data-slot=\"${name}\"] .ground`).height.baseVal.value";
    assert_eq!(browser.evaluate(&format!("(({height})(0) / ({height})(1)).toFixed(3)")), json!("3.000"));
    // Both bars of a value that is carried on are marked.
    browser.evaluate(
        "document.querySelector('.run.local').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }))",
    );
    assert_eq!(browser.evaluate("document.querySelectorAll('.run.marked').length"), json!(2));
    // To scale there is no room for the state's number, which has one byte.
    let room =
        "[...document.querySelectorAll('.columns text')].filter(text => text.textContent === 'discriminant').length";
    assert_eq!(browser.evaluate(room), json!(0));
    browser.evaluate("document.querySelector('button.even').click()");
    assert_eq!(browser.evaluate(room), json!(3));
    assert_eq!(browser.evaluate("document.querySelector('.remarks').textContent"), json!("a remark"));
}

fn opens_a_child_in_place(browser: &mut Chromium) {
    browser.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)");
    browser.evaluate("document.querySelector('button.open').click()");
    assert_eq!(
        browser.evaluate("document.querySelector('.machine .machine h3').textContent"),
        json!("async fn app::leaf")
    );
    assert_eq!(browser.evaluate("document.querySelector('button.open').ariaExpanded"), json!("true"));
    // What is above is not opened once more.
    let recursive = "[...document.querySelectorAll('.child')].find(child => child.textContent.includes('recursive'))";
    assert_eq!(browser.evaluate(&format!("{recursive}.querySelector('button.open')")), json!(null));
    browser.evaluate(&format!("{recursive}.querySelector('button').click()"));
    assert_eq!(browser.evaluate("document.activeElement.localName"), json!("h2"));
    browser.evaluate("document.querySelector('button.open').click()");
    assert_eq!(browser.evaluate("document.querySelector('.machine .machine')"), json!(null));
}

fn shows_markup_as_text(browser: &mut Chromium) {
    only(browser, "onerror");
    browser.evaluate("document.querySelector('tbody > tr:not([hidden]) > th > button').click()");
    assert_eq!(browser.evaluate("document.querySelectorAll('img').length"), json!(0));
    assert_eq!(
        browser.evaluate("document.querySelector('tr.detail:not([hidden]) .remarks').textContent.includes('<img')"),
        json!(true)
    );
}

fn is_used_by_keyboard(browser: &mut Chromium) {
    browser.evaluate("document.activeElement.blur()");
    browser.press("/");
    assert_eq!(browser.evaluate("document.activeElement.id"), json!("search"));
    browser.press("Escape");
    assert_eq!(browser.evaluate(&format!("{NAMES}.length")), json!(MACHINES));
    type_text(browser, "task0007");
    assert_eq!(browser.evaluate(NAMES), json!(["app::generated::task0007"]));
    browser.press("ArrowDown");
    assert_eq!(browser.evaluate("document.activeElement.title"), json!("app::generated::task0007"));
    browser.press("Enter");
    assert_eq!(browser.evaluate("document.activeElement.ariaExpanded"), json!("true"));
    browser.press("Tab");
    browser.press(" ");
    assert_eq!(browser.evaluate("document.activeElement.ariaPressed"), json!("true"), "the picture's own button");
}

fn is_dark_and_on_paper(browser: &mut Chromium) {
    let ground = "getComputedStyle(document.body).backgroundColor";
    let media =
        |media: &str| json!({ "media": media, "features": [{ "name": "prefers-color-scheme", "value": "dark" }] });
    browser.send("Emulation.setEmulatedMedia", media("screen"));
    assert_eq!(browser.evaluate(ground), json!("rgb(15, 19, 24)"));
    browser.send("Emulation.setEmulatedMedia", media("print"));
    assert_eq!(browser.evaluate(ground), json!("rgb(255, 255, 255)"));
    assert_eq!(browser.evaluate("document.querySelector('.controls').offsetHeight"), json!(0));
    // On paper nothing scrolls: the picture is as wide as the page.
    browser.send(
        "Emulation.setDeviceMetricsOverride",
        json!({ "width": 500, "height": 700, "deviceScaleFactor": 1, "mobile": false }),
    );
    assert_eq!(browser.evaluate("document.documentElement.scrollWidth <= 500"), json!(true));
    let closed = browser.evaluate("document.querySelectorAll('details:not([open])').length");
    assert!(closed.as_u64() > Some(0));
    browser.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert_eq!(browser.evaluate("document.querySelectorAll('details:not([open])').length"), json!(0));
    browser.evaluate("dispatchEvent(new Event('afterprint'))");
    assert_eq!(browser.evaluate("document.querySelectorAll('details:not([open])').length"), closed);
    let paper = browser.send("Page.printToPDF", json!({}));
    assert!(paper["data"].as_str().is_some_and(|data| data.len() > 10_000));
}

fn is_readable_without_its_script(browser: &mut Chromium, page: &Path) {
    browser.send("Emulation.setEmulatedMedia", json!({ "media": "screen" }));
    browser.send("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    browser.open(page);
    let document = browser.send("DOM.getDocument", json!({}));
    let mut find = |selector: &str| {
        let found =
            browser.send("DOM.querySelector", json!({ "nodeId": document["root"]["nodeId"], "selector": selector }));
        found["nodeId"] != json!(0)
    };
    assert!(find("noscript > p"));
    assert!(find("#machines > tbody > tr:nth-child(1500)"));
    assert!(find(".controls[hidden]"));
}
