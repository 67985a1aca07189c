//! The tree as a picture: each future is a rectangle as wide as its bytes, at its place in the machine above, and around its
//! children. Children that are awaited at different times have the same bytes and are drawn below one another; a plain flame
//! graph, which puts all children side by side, could not be to scale.

use std::fmt::Write;

use pinsight_machine::views::{Thousands, short_type_name};

use super::boxes::{Block, Layout, boxes};
use super::node::{End, Node};
use crate::report::escape;

const WIDTH: f64 = 1200.0;
const MARGIN: f64 = 12.0;
/// The width of a character of the 12 px font, a little more than any common monospace font has.
const CHARACTER: f64 = 7.4;
/// Between the top and the ruler.
const TITLE: f64 = 58.0;

const STYLE: &str = "
.flame{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328}
.flame .ground{fill:#fff}.flame .title{font-size:15px;font-weight:bold}.flame .dim{fill:#59636e}
.flame rect.b{fill:#d3e6f5;stroke:#4a7fa5;stroke-width:.75}.flame rect.odd{fill:#bcd9ee}
.flame rect.hand{fill:#d9eee6;stroke:#3d8b70}.flame rect.hand.odd{fill:#c2e3d7}
.flame rect.largest{fill:#fbe3b5;stroke:#a86b00}.flame rect.largest.odd{fill:#f6d18a}
.flame .tick{stroke:#9aa4af}.flame .end{text-anchor:end}.flame .middle{text-anchor:middle}
@media (prefers-color-scheme:dark){.flame{fill:#e6edf3}.flame .ground{fill:#0d1117}.flame .dim{fill:#9198a1}
.flame rect.b{fill:#17344b;stroke:#5b93bb}.flame rect.odd{fill:#1e4261}
.flame rect.hand{fill:#143529;stroke:#4fa587}.flame rect.hand.odd{fill:#1b4636}
.flame rect.largest{fill:#4d3505;stroke:#d29922}.flame rect.largest.odd{fill:#614408}.flame .tick{stroke:#6e7681}}
";

/// The tree below `root` as an SVG that needs nothing else. Of futures in boxes each is drawn once, below.
pub(crate) fn flame_graph(root: &Node) -> String {
    let mut boxed = Vec::new();
    boxes(root, &mut boxed);
    let widest = boxed.iter().copied().chain([root]).filter_map(|node| node.size).max().unwrap_or(0).max(1);
    let scale = (WIDTH - 2.0 * MARGIN) / widest as f64;

    let mut layout = Layout::new(scale);
    let mut bottom = TITLE + 22.0;
    bottom += layout.draw(root, bottom) + 20.0;
    let boxes_at = bottom;
    if !boxed.is_empty() {
        bottom += 8.0;
        for node in boxed {
            bottom += layout.draw(node, bottom) + 6.0;
        }
        bottom += 14.0;
    }

    let mut svg = String::new();
    let title = format!("{}: {} bytes", root.name, number(root.size));
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"flame\" role=\"img\" width=\"{WIDTH}\" height=\"{bottom:.0}\" \
         viewBox=\"0 0 {WIDTH} {bottom:.0}\"><title>{}</title><style>{STYLE}</style>\
         <rect class=\"ground\" width=\"100%\" height=\"100%\"/>",
        escape(&title)
    );
    text(&mut svg, "title", MARGIN, 26.0, &fitting(&title, 130));
    let left_out = match layout.left_out {
        0 => String::new(),
        count => format!(" {count} too narrow to be seen are left out."),
    };
    let legend = "Across: bytes, each future at its place. Inside one another: who awaits whom. Below one another: at different times.";
    text(&mut svg, "dim", MARGIN, 45.0, &format!("{legend}{left_out}"));
    ruler(&mut svg, widest, scale);
    if boxes_at + 20.0 < bottom {
        text(&mut svg, "dim", MARGIN, boxes_at, "In boxes, and no part of the bytes above:");
    }
    layout.blocks.iter().for_each(|block| draw(&mut svg, block, scale));
    svg.push_str("</svg>\n");
    svg
}

fn draw(svg: &mut String, block: &Block<'_>, scale: f64) {
    let node = block.node;
    let (x, width) = (MARGIN + block.offset as f64 * scale, block.bytes as f64 * scale);
    let mut class = String::from("b");
    for (holds, name) in
        [(node.largest, " largest"), (node.kind == "hand-written", " hand"), (block.depth % 2 == 1, " odd")]
    {
        class.push_str(if holds { name } else { "" });
    }
    let _ = write!(
        svg,
        "<g><title>{}</title><rect class=\"{class}\" x=\"{x:.2}\" y=\"{:.1}\" width=\"{width:.2}\" height=\"{:.1}\"/>",
        escape(&described(node)),
        block.top,
        block.height
    );
    let size = format!("  {}", number(node.size));
    let room = ((width - 8.0) / CHARACTER).max(0.0) as usize;
    let again = if node.end == Some(End::Recursive) { " (recursive)" } else { "" };
    if room >= 3 {
        let short = short_type_name(&node.name);
        let labels =
            [format!("{}{again}{size}", node.name), format!("{short}{again}{size}"), format!("{short}{again}")];
        let label = labels.into_iter().find(|label| label.chars().count() <= room);
        text(svg, "", x + 4.0, block.top + 13.0, &label.unwrap_or_else(|| fitting(&short, room)));
    }
    svg.push_str("</g>\n");
}

fn described(node: &Node) -> String {
    let mut text = format!("{}\n{} bytes, of which it adds {}", node.name, number(node.size), number(node.adds));
    for at in &node.states {
        let _ = match &at.location {
            Some(location) => write!(text, "\n{} at {location}", at.state),
            None => write!(text, "\n{}", at.state),
        };
    }
    text
}

/// A tick at each round number of bytes, at most ten.
fn ruler(svg: &mut String, bytes: u64, scale: f64) {
    let steps = (0..19).flat_map(|power| [1, 2, 5].map(|digit: u64| digit.saturating_mul(10u64.pow(power))));
    let step = steps.into_iter().find(|step| bytes / step <= 10).unwrap_or(u64::MAX);
    let mut tick = 0;
    while tick <= bytes {
        let x = MARGIN + tick as f64 * scale;
        let class = match tick {
            0 => "dim",
            _ if x > WIDTH - 60.0 => "dim end",
            _ => "dim middle",
        };
        let _ = write!(
            svg,
            "<line class=\"tick\" x1=\"{x:.2}\" x2=\"{x:.2}\" y1=\"{}\" y2=\"{}\"/>",
            TITLE + 14.0,
            TITLE + 20.0
        );
        text(svg, class, x, TITLE + 11.0, &Thousands(tick).to_string());
        match tick.checked_add(step) {
            Some(next) => tick = next,
            None => break,
        }
    }
    svg.push('\n');
}

fn text(svg: &mut String, class: &str, x: f64, y: f64, content: &str) {
    let _ = write!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", escape(content));
}

fn number(number: Option<u64>) -> String {
    number.map_or("?".to_owned(), |number| Thousands(number).to_string())
}

/// At most `room` characters of a name.
fn fitting(name: &str, room: usize) -> String {
    if name.chars().count() <= room {
        return name.to_owned();
    }
    let mut cut: String = name.chars().take(room.saturating_sub(1)).collect();
    cut.push('…');
    cut
}
