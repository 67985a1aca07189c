//! A tree of futures as a picture: each bar is as wide as the future is large, and stands on the one that it is in.

use std::fmt::Write;

use pinsight_machine::views::{Bytes, short_type_name};

use crate::await_tree::Node;

const WIDTH: f64 = 1200.0;
const ROW: f64 = 26.0;
const MARGIN: f64 = 12.0;
/// Of one character of the labels, on average.
const CHARACTER: f64 = 7.0;
/// Narrower bars could not be seen.
const NARROWEST: f64 = 0.5;

const STYLE: &str = "\
text { font: 12px ui-monospace, Menlo, Consolas, monospace; fill: #1b1b1b }
rect { stroke: #fff; stroke-width: 1 }
.a { fill: #f2b26b } .b { fill: #f7cf9c } .c { fill: #e9925a } .box { fill: #bcd3ea; stroke-dasharray: 3 2; stroke: #5b7f9e }
.page { fill: #fff; stroke: none }
@media (prefers-color-scheme: dark) {
  .page { fill: #16181c } rect { stroke: #16181c } text { fill: #111 } .note { fill: #ddd }
  .box { fill: #7f9cb8; stroke: #dde8f2 }
}";

pub(crate) fn draw(tree: &Node) -> String {
    let rows = depth(tree);
    let height = rows as f64 * ROW + 2.0 * MARGIN + ROW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {height}\" width=\"{}\" height=\"{height}\" role=\"img\">\n\
         <title>{}: {}</title>\n<style>{STYLE}</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n",
        WIDTH + 2.0 * MARGIN,
        WIDTH + 2.0 * MARGIN,
        escape(&tree.name),
        Bytes(tree.size),
    );
    let scale = WIDTH / tree.size.unwrap_or(1).max(1) as f64;
    bar(tree, MARGIN, WIDTH, scale, 0, &mut svg);
    let _ = writeln!(
        svg,
        "<text class=\"note\" x=\"{MARGIN}\" y=\"{}\">a bar is as wide as the future is large; children that are awaited one \
         after the other share bytes, and stand side by side; dashed: in a box, not part of these bytes</text>",
        height - MARGIN
    );
    svg.push_str("</svg>\n");
    svg
}

fn depth(node: &Node) -> usize {
    1 + node.children.iter().map(depth).max().unwrap_or(0)
}

/// Children that are awaited one after the other overlap. Together they may be larger than their parent; then all of them
/// are drawn narrower by the same factor.
fn bar(node: &Node, x: f64, width: f64, scale: f64, row: usize, svg: &mut String) {
    let y = MARGIN + row as f64 * ROW;
    let class = if node.is_inline { ["a", "b", "c"][row % 3] } else { "box" };
    let label = format!("{} {}", short_type_name(&node.name), node.size.map_or("?".into(), |size| size.to_string()));
    let states = node.awaited_in.as_deref().map_or(String::new(), |states| format!(", awaited in {states}"));
    let note = node.note.map_or(String::new(), |note| format!(", {note}"));
    let _ = writeln!(
        svg,
        "<g><title>{}: {}{}{}</title><rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" rx=\"2\"/>",
        escape(&node.name),
        Bytes(node.size),
        escape(&states),
        note,
        ROW - 2.0
    );
    let room = ((width - 8.0) / CHARACTER) as usize;
    if room >= 4 {
        let shown: String =
            if label.chars().count() <= room { label } else { label.chars().take(room - 1).chain(['…']).collect() };
        let _ = writeln!(svg, "<text x=\"{:.1}\" y=\"{:.1}\">{}</text>", x + 4.0, y + 16.0, escape(&shown));
    }
    svg.push_str("</g>\n");
    let wanted: Vec<f64> = node.children.iter().map(|child| child.size.unwrap_or(1).max(1) as f64 * scale).collect();
    let total: f64 = wanted.iter().sum();
    let factor = if total > width { width / total } else { 1.0 };
    let mut left = x;
    for (child, wanted) in node.children.iter().zip(wanted) {
        let width = wanted * factor;
        if width >= NARROWEST {
            bar(child, left, width, scale * factor, row + 1, svg);
        }
        left += width;
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
