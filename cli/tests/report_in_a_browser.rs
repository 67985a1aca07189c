//! The report, opened and used in a real browser: Debian's `chromium`. Skipped, and said to be, where there is none.

mod common;

use std::path::Path;
use std::process::Command;

use common::{of_fixture, run, target};

/// Uses the page as a person would, and leaves what was seen in an attribute of the document.
const VISITOR: &str = r#"
window.problems = [];
addEventListener("error", (event) => problems.push(event.message));
addEventListener("load", () => {
  const seen = {};
  const names = () => [...document.querySelectorAll("tr[data-id]")].filter((row) => !row.hidden).map((row) => row.dataset.name);
  const header = (key) => document.querySelector(`th[data-key=${key}]`);
  seen.first = names()[0];
  header("name").querySelector("button").click();
  seen.byName = names();
  seen.sorted = header("name").getAttribute("aria-sort");
  header("bytes").querySelector("button").click();
  seen.bySize = names();
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "/", bubbles: true }));
  seen.focused = document.activeElement.id;
  const search = document.getElementById("search");
  search.value = "process";
  search.dispatchEvent(new Event("input"));
  seen.found = names();
  seen.count = document.getElementById("count").textContent;
  search.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  seen.all = names().length;
  const open = (name) => {
    const row = [...document.querySelectorAll("tr[data-id]")].find((row) => row.dataset.name === name);
    const button = row.querySelector("button");
    button.focus();
    document.activeElement.click();
    return button;
  };
  const button = open("fixture::process_data");
  seen.expanded = button.getAttribute("aria-expanded");
  seen.arrows = document.querySelectorAll("svg .arrow").length;
  seen.bars = document.querySelectorAll("svg rect").length;
  const child = document.querySelector("button.open");
  child.click();
  seen.child = document.querySelector(".machine .machine p").textContent;
  child.click();
  seen.closed = document.querySelectorAll(".machine .machine").length;
  button.click();
  seen.closedAll = document.querySelectorAll(".machine").length;
  seen.requests = performance.getEntriesByType("resource").length;
  seen.problems = problems;
  document.documentElement.dataset.seen = JSON.stringify(seen);
});
"#;

fn chromium(arguments: &[&str], page: &Path) -> Option<Vec<u8>> {
    let mut command = Command::new("chromium");
    command.args([
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--virtual-time-budget=3000",
    ]);
    command.args(arguments).arg(format!("file://{}", page.display()));
    let Ok(output) = command.output() else {
        println!("skipped: there is no `chromium`");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(output.stdout)
}

#[test]
fn a_visit() {
    let page = target("report.html");
    run(of_fixture(&["report", "--output", &page.to_string_lossy()]), 0);
    let text = std::fs::read_to_string(&page).unwrap();
    let visited = target("report-visited.html");
    std::fs::write(&visited, text.replacen("</main>", &format!("</main><script>{VISITOR}</script>"), 1)).unwrap();
    let Some(document) = chromium(&["--dump-dom"], &visited) else { return };
    let document = String::from_utf8_lossy(&document);
    let seen = document
        .split_once("data-seen=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("the visitor has been there")
        .0;
    let seen = seen.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let seen: serde_json::Value = serde_json::from_str(&seen).expect("it is JSON");

    assert_eq!(seen["problems"], serde_json::json!([]));
    assert_eq!(seen["requests"], 0);
    let largest = "<fixture::Server as fixture::Serve>::serve::{async block#0}";
    assert_eq!(seen["first"], largest, "the largest is the first");
    assert_eq!(seen["bySize"][0], largest);
    assert_eq!(seen["sorted"], "ascending");
    let by_name: Vec<&str> = seen["byName"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
    assert!(by_name.is_sorted() && by_name.len() == 9, "{by_name:?}");
    assert_eq!(seen["focused"], "search");
    assert_eq!(seen["found"], serde_json::json!(["fixture::process_data"]));
    assert_eq!(seen["count"], "1 of 9");
    assert_eq!(seen["all"], 9);
    assert_eq!(seen["expanded"], "true");
    assert_eq!(seen["arrows"], 1, "`val_ref` points at `val`");
    assert!(seen["bars"].as_u64() > Some(6), "{seen}");
    assert_eq!(seen["child"], "fixture::operation: 2 bytes");
    assert_eq!((&seen["closed"], &seen["closedAll"]), (&0.into(), &0.into()));
}

#[test]
fn on_paper() {
    let page = target("report-paper.html");
    run(of_fixture(&["report", "--output", &page.to_string_lossy()]), 0);
    let paper = target("report.pdf");
    let _ = std::fs::remove_file(&paper);
    if chromium(&[&format!("--print-to-pdf={}", paper.display())], &page).is_some() {
        assert!(std::fs::metadata(&paper).unwrap().len() > 5000);
    }
}
