//! The rustdoc page of `examples/process_data.rs`, read in a real browser: the table, the picture, and its text in every theme of
//! rustdoc. Without a Chromium on the path the test is skipped, and says so.

#[allow(dead_code)]
#[path = "../../cli/tests/browser/chromium.rs"]
mod chromium;

use std::path::{Path, PathBuf};
use std::process::Command;

use chromium::Chromium;
use serde_json::json;

/// The page of the function, made by the cargo that runs this test, where it has built everything already.
fn page() -> PathBuf {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it is in the target directory");
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let output = Command::new(env!("CARGO"))
        .args(["rustdoc", "--package", "pinsight", "--example", "process_data", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("doc/process_data/fn.process_data.html")
}

#[test]
fn the_docs_show_the_machine() {
    let page = page();
    let Some(mut browser) = Chromium::start() else {
        eprintln!("skipped: there is no `chromium` on the path");
        return;
    };
    browser.open(&page);
    let heading = "document.getElementById('state-machine').textContent";
    assert_eq!(browser.evaluate(&format!("{heading}.includes('State machine')")), json!(true));
    has_a_table(&mut browser);
    has_a_picture(&mut browser);
    is_readable_in_every_theme(&mut browser);
    if std::env::var_os("PINSIGHT_BLESS").is_some() {
        take_pictures(&mut browser);
    }
    assert_eq!(browser.requests.iter().filter(|address| address.starts_with("http")).count(), 0, "nothing is loaded");
}

fn has_a_table(browser: &mut Chromium) {
    let cells = "[...document.querySelectorAll('.docblock table tbody tr')].map(row => \
                 [...row.cells].map(cell => cell.textContent.trim()))";
    assert_eq!(
        browser.evaluate(cells),
        json!([
            ["Suspend0, op() in line 16", "val", "String", "dropped in line 18, borrowed by val_ref in line 15"],
            ["", "val_ref", VAL_REF_TYPE, "used in line 17; → points at val"],
        ])
    );
}

/// The source has only `&val`.
const VAL_REF_TYPE: &str = "";

fn has_a_picture(browser: &mut Chromium) {
    const PICTURE: &str = "document.querySelector('.docblock svg.pinsight-sketch')";
    let texts = browser.evaluate(&format!("[...{PICTURE}.querySelectorAll('text')].map(text => text.textContent)"));
    for text in ["Unresumed", "Suspend0", "awaits op(), line 16", "val: String", "used in line 17; points at val"] {
        assert!(texts.as_array().is_some_and(|texts| texts.contains(&json!(text))), "{text} is not in {texts}");
    }
    // The arrow goes from the reference to what it points at, with its head at the end.
    let arrow = format!("{PICTURE}.querySelector('.arrow')");
    assert_eq!(
        browser.evaluate(&format!("{arrow}.querySelector('title').textContent")),
        json!("val_ref points at val")
    );
    let row = |name: &str| {
        format!(
            "[...{PICTURE}.querySelectorAll('text')].find(text => text.textContent.startsWith('{name}')).getBoundingClientRect()"
        )
    };
    let head = format!("{arrow}.querySelector('path:last-of-type').getBoundingClientRect()");
    let is_at = format!(
        "(() => {{ const [row, head] = [{}, {head}]; return head.top >= row.top - 2 && head.bottom <= row.bottom + 2 && head.right <= row.left + 1; }})()",
        row("val: String")
    );
    assert_eq!(browser.evaluate(&is_at), json!(true), "the head is at the row of `val`");
    // All text is inside of the picture, and nothing of one row covers another.
    let inside = format!(
        "(() => {{ const all = {PICTURE}.getBoundingClientRect(); return all.width > 200 && \
         [...{PICTURE}.querySelectorAll('text')].every(text => {{ const box = text.getBoundingClientRect(); \
         return box.width > 0 && box.left >= all.left && box.right <= all.right && box.bottom <= all.bottom; }}); }})()"
    );
    assert_eq!(browser.evaluate(&inside), json!(true));
    assert_eq!(browser.evaluate("document.querySelectorAll('.docblock script').length"), json!(0));
}

/// By the formula of WCAG, in which 4.5 is enough for text.
fn is_readable_in_every_theme(browser: &mut Chromium) {
    const CONTRAST: &str = "(() => {
        const channels = color => color.match(/[\\d.]+/g).slice(0, 3).map(Number);
        const light = color => {
            const [r, g, b] = color.map(value => value / 255)
                .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = channels(getComputedStyle(document.body).backgroundColor);
        return Math.min(...[...document.querySelectorAll('.pinsight-sketch text')].map(text => {
            const style = getComputedStyle(text);
            const mixed = channels(style.fill).map((value, at) => ground[at] + (value - ground[at]) * style.fillOpacity);
            const [one, other] = [light(mixed), light(ground)];
            return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        }));
    })()";
    let mut grounds = Vec::new();
    for theme in ["light", "dark", "ayu"] {
        browser.evaluate(&format!("document.documentElement.dataset.theme = '{theme}'"));
        let contrast = browser.evaluate(CONTRAST).as_f64().expect("a number");
        eprintln!("{theme}: the least contrast is {contrast:.1}");
        assert!(contrast >= 4.5, "{theme}: {contrast}");
        grounds.push(browser.evaluate("getComputedStyle(document.body).backgroundColor"));
    }
    assert!(grounds[0] != grounds[1] && grounds[1] != grounds[2], "the themes are different: {grounds:?}");
}

/// For the README, one for each ground that GitHub has.
fn take_pictures(browser: &mut Chromium) {
    let size = json!({ "width": 1040, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    browser.send("Emulation.setDeviceMetricsOverride", size);
    for (theme, name) in [("light", "explain-docs-light"), ("dark", "explain-docs-dark")] {
        browser.evaluate(&format!("document.documentElement.dataset.theme = '{theme}'"));
        let section = "(() => { const from = document.getElementById('state-machine').getBoundingClientRect(); \
                       const to = document.querySelector('.docblock div.pinsight-sketch').getBoundingClientRect(); \
                       return { x: from.left - 16, y: from.top - 8, width: from.width + 32, height: to.bottom - from.top + 24, scale: 2 }; })()";
        let clip = browser.evaluate(section);
        let picture = browser.send("Page.captureScreenshot", json!({ "clip": clip, "captureBeyondViewport": true }));
        let bytes = from_base64(picture["data"].as_str().expect("a picture"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../assets/{name}.png"));
        std::fs::write(path, bytes).expect("the picture can be written");
    }
}

fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut count) = (Vec::new(), 0_u32, 0);
    for digit in text.bytes().map_while(|byte| DIGITS.iter().position(|digit| *digit == byte)) {
        bits = bits << 6 | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
