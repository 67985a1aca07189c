use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write;

use pinsight_layout::Program;
use pinsight_machine::views::Thousands;
use pinsight_machine::{Child, Machine};

use super::data::Data;
use super::escape::{escape, escape_json};
use super::row;

const STYLE: &str = concat!(include_str!("assets/page.css"), include_str!("assets/machine.css"));

const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("assets/element.js"),
    include_str!("assets/picture.js"),
    include_str!("assets/arrows.js"),
    include_str!("assets/slots.js"),
    include_str!("assets/machine.js"),
    include_str!("assets/table.js"),
    "})();\n"
);

/// Nothing is loaded, whatever a name in the page says.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

/// The page about `machines`; those of `program` which are inside of them can be opened in place too. Places are shown relative to
/// the folder `root`. The same input always gives the same page.
pub(crate) fn page(title: &str, machines: &[&Machine], program: &Program, root: &str) -> String {
    let mut listed = machines.to_vec();
    listed.sort_by_key(|machine| (Reverse(machine.size), machine.path.as_ref(), machine.id.as_ref()));
    let largest = listed.iter().filter_map(|machine| machine.size).max().unwrap_or(0);

    let mut rows = String::new();
    for (index, machine) in listed.iter().enumerate() {
        rows.push_str(&row::row(machine, index, largest, root));
        rows.push('\n');
    }
    let data = serde_json::to_string(&Data::new(&with_children(&listed, program), root));
    let data = escape_json(&data.expect("there are only lists, texts and numbers"));
    let title = escape(title);
    let count = match listed.len() {
        1 => "1 async state machine".to_owned(),
        count => format!("{} async state machines", Thousands(count as u64)),
    };
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}: async state machines</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{title}</h1>\n<p>{count}, the largest of {} bytes</p>\n{CONTROLS}</header>\n\
         <noscript><p class=\"note\">The pictures need JavaScript, which is off. The table does not.</p></noscript>\n\
         <main>\n<table id=\"machines\">\n<caption class=\"hidden\">State machines</caption>\n\
         {}\n<tbody>\n{rows}</tbody>\n</table>\n\
         <p id=\"nothing\" class=\"note\" hidden>No machine has all these words in its name, kind or place.</p>\n{}</main>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n",
        Thousands(largest),
        row::head(),
        gaps(program),
    )
}

/// Only of use with the script, which shows them.
const CONTROLS: &str = "<div class=\"controls\" hidden>\
    <label>Search <input id=\"search\" type=\"search\" placeholder=\"name, kind or place\" autocomplete=\"off\" spellcheck=\"false\">\
    </label><kbd>/</kbd><output id=\"count\" for=\"search\"></output>\
    <button type=\"button\" id=\"theme\">Theme: auto</button></div>\n";

fn gaps(program: &Program) -> String {
    if program.gaps.is_empty() {
        return String::new();
    }
    let mut html = "<section class=\"gaps\">\n<h2>Not understood, or missing</h2>\n<ul>\n".to_owned();
    for gap in &program.gaps {
        let _ = write!(html, "<li>{}, {} times", escape(&gap.what), Thousands(gap.count));
        if !gap.help.is_empty() {
            let _ = write!(html, "<br><b>help:</b> {}", escape(&gap.help));
        }
        html.push_str("</li>\n");
    }
    html.push_str("</ul>\n</section>\n");
    html
}

/// The machines, and behind them those that are inside of them at any depth.
fn with_children<'m>(machines: &[&'m Machine], program: &'m Program) -> Vec<&'m Machine> {
    let mut known: BTreeSet<&str> = machines.iter().map(|machine| machine.id.as_ref()).collect();
    let mut all = machines.to_vec();
    let mut next = 0;
    while let Some(&machine) = all.get(next) {
        next += 1;
        let slots = machine.states.iter().flat_map(|state| state.slots.iter());
        slots.filter_map(|slot| slot.child.as_ref()).for_each(|child| {
            each_machine(child, &mut |id| {
                if let Some(found) = program.machine(id).filter(|found| known.insert(found.id.as_ref())) {
                    all.push(found);
                }
            });
        });
    }
    all
}

fn each_machine<'c>(child: &'c Child, then: &mut dyn FnMut(&'c str)) {
    child.machine.as_deref().into_iter().for_each(&mut *then);
    child.children.iter().for_each(|child| each_machine(child, then));
}
