//! The report: one HTML page that needs nothing else. The table of machines is in the page itself; pictures are drawn by its
//! script when they are opened, so that a program with thousands of machines still makes a page that opens at once.

use std::collections::BTreeSet;
use std::fmt::Write;

use anyhow::Result;
use pinsight_layout::Program;
use pinsight_machine::views::Thousands;
use pinsight_machine::{Certainty, Child, Machine, SegmentKind};
use serde::Serialize;

/// A machine with what the script would have to work out.
#[derive(Serialize)]
struct Shown<'m> {
    #[serde(flatten)]
    machine: &'m Machine,
    /// Offset and length of the runs of bytes that no state uses.
    padding: Vec<(u64, u64)>,
}

/// The page for these machines; those inside of them can be opened there too. `root` is the folder that places are shown
/// relative to.
pub(crate) fn page(title: &str, machines: &[&Machine], program: &Program, root: &str) -> Result<String> {
    let mut machines = machines.to_vec();
    machines.sort_by(|a, b| (b.size, &a.path, &a.id).cmp(&(a.size, &b.path, &b.id)));
    let mut rows = String::new();
    for machine in &machines {
        row(machine, root, &mut rows);
    }
    let shown: Vec<Shown<'_>> = with_children(&machines, program)
        .into_iter()
        .map(|machine| Shown { padding: padding(machine), machine })
        .collect();
    // In a script element only `</` and `<!` could end it.
    let data = serde_json::to_string(&serde_json::json!({ "machines": shown }))?.replace('<', "\\u003c");
    let total: u64 = machines.iter().filter_map(|machine| machine.size).sum();
    let mut notes = String::new();
    for gap in &program.gaps {
        let _ = write!(notes, "<li>{} ({} times) {}</li>", escape(&gap.what), gap.count, escape(&gap.help));
    }
    if !notes.is_empty() {
        notes = format!("<h2>Not understood</h2><ul class=\"notes\">{notes}</ul>");
    }
    Ok(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}: async state machines</title>\n\
         <style>\n{css}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n\
         <p class=\"sub\">{count} async state machines, {total} bytes in all. Open one to see what it stores in each state.</p>\n\
         <p class=\"tools\"><input id=\"search\" type=\"search\" placeholder=\"search ( / )\" aria-label=\"search\">\
         <span id=\"count\" role=\"status\"></span></p>\n<div class=\"scroll\"><table>\n<thead><tr>{head}</tr></thead>\n\
         <tbody id=\"rows\">\n{rows}</tbody>\n</table></div>\n{notes}\n</main>\n\
         <script type=\"application/json\" id=\"data\">{data}</script>\n<script>\n{script}</script>\n</body>\n</html>\n",
        title = escape(title),
        css = include_str!("page.css"),
        count = Thousands(machines.len() as u64),
        total = Thousands(total),
        head = head(),
        script = include_str!("page.js"),
    ))
}

fn head() -> String {
    let columns = [
        ("name", "name", "text", ""),
        ("bytes", "bytes", "number", "number"),
        ("states", "states", "number", "number wide"),
        ("self-reference", "itself", "number", "wide"),
        ("stored twice", "twice", "number", "number wide"),
        ("padding", "padding", "number", "number wide"),
        ("place", "place", "text", "wide"),
    ];
    columns
        .iter()
        .map(|(label, key, kind, class)| {
            let sorted = if *key == "bytes" { " aria-sort=\"descending\"" } else { "" };
            format!(
                "<th scope=\"col\" class=\"{class}\" data-key=\"{key}\" data-kind=\"{kind}\"{sorted}><button>{label}</button></th>"
            )
        })
        .collect()
}

fn row(machine: &Machine, root: &str, rows: &mut String) {
    let name = machine.full_name().to_string();
    let place = machine.place.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = place.strip_prefix(root).unwrap_or(&place);
    let best = machine
        .states
        .iter()
        .flat_map(|state| state.slots.iter())
        .flat_map(|slot| slot.points_at.iter())
        .map(|target| target.certainty)
        .max();
    let (itself, words) = match best {
        Some(Certainty::Certain) => (2, "yes"),
        Some(Certainty::Possible) => (1, "may"),
        None => (0, ""),
    };
    let twice = machine.states.iter().map(|state| state.stored_twice().iter().map(|pair| pair.size).sum::<u64>()).max();
    let (size, twice, padding) = (machine.size.unwrap_or(0), twice.unwrap_or(0), machine.padding());
    let shown = |value: u64| if value == 0 { String::new() } else { Thousands(value).to_string() };
    let _ = writeln!(
        rows,
        "<tr data-id=\"{}\" data-text=\"{}\" data-name=\"{}\" data-bytes=\"{size}\" data-states=\"{}\" data-itself=\"{itself}\" \
         data-twice=\"{twice}\" data-padding=\"{}\" data-place=\"{}\"><td class=\"name mono\"><button aria-expanded=\"false\">{}</button></td>\
         <td class=\"number\">{}</td><td class=\"number wide\">{}</td><td class=\"wide\">{words}</td><td class=\"number wide\">{}</td>\
         <td class=\"number wide\">{}</td><td class=\"place mono wide\">{}</td></tr>",
        escape(&machine.id),
        escape(&format!("{name} {place}").to_lowercase()),
        escape(&name),
        machine.states.len(),
        padding.unwrap_or(0),
        escape(place),
        escape(&name),
        machine.size.map_or("?".into(), |size| Thousands(size).to_string()),
        machine.states.len(),
        shown(twice),
        padding.map_or("?".into(), shown),
        escape(place),
    );
}

fn padding(machine: &Machine) -> Vec<(u64, u64)> {
    let Some(state) = machine.states.first() else { return Vec::new() };
    let map = machine.known_byte_map(state);
    map.iter().filter(|one| one.kind == SegmentKind::Padding).map(|one| (one.offset, one.size)).collect()
}

/// The machines, and all that are inside of them at any depth.
fn with_children<'m>(machines: &[&'m Machine], program: &'m Program) -> Vec<&'m Machine> {
    let mut seen: BTreeSet<&str> = machines.iter().map(|machine| &*machine.id).collect();
    let mut all = machines.to_vec();
    let mut next = 0;
    while let Some(machine) = all.get(next).copied() {
        next += 1;
        for child in machine.states.iter().flat_map(|state| state.slots.iter()).filter_map(|slot| slot.child.as_ref()) {
            visit(child, &mut |id| {
                if let Some(found) = program.machine(id)
                    && seen.insert(&found.id)
                {
                    all.push(found);
                }
            });
        }
    }
    all
}

fn visit<'c>(child: &'c Child, with: &mut dyn FnMut(&'c str)) {
    child.machine.as_deref().into_iter().for_each(&mut *with);
    child.children.iter().for_each(|child| visit(child, with));
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::MachineKind;

    #[test]
    fn nothing_in_a_name_becomes_markup() {
        let hostile = "</script><script>alert(1)</script>\"<b>&";
        let machine =
            Machine { id: hostile.into(), path: hostile.into(), size: Some(8), ..Machine::new(MachineKind::AsyncFn) };
        let program = Program { machines: vec![machine], gaps: Vec::new() };
        let page = page(hostile, &[&program.machines[0]], &program, "").unwrap();
        assert_eq!(page.matches("<script").count(), 2, "the data and the script");
        assert!(!page.contains("<b>") && !page.contains("alert(1)</"));
    }

    #[test]
    fn nothing_is_loaded_from_elsewhere() {
        let program = Program::default();
        let page = page("t", &[], &program, "").unwrap();
        for sign in ["http://", "https://", "url(", "@import", "src=", "href="] {
            let here = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!here.contains(sign), "{sign}");
        }
    }
}
