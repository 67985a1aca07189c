use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use pinsight_machine::views::Thousands;

use super::node::{End, Node, Relation};

/// How to show a tree on a terminal.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TreeText<'a> {
    /// With ANSI escape codes; without, nothing is lost but colour.
    pub(crate) color: bool,
    /// The folder to which places are shown relative; empty: places are shown as they are.
    pub(crate) root: &'a str,
}

/// So many places of one child are listed.
const MOST_PLACES: usize = 3;

impl TreeText<'_> {
    /// The tree, a line for each node, and under it the meaning of the marks in it.
    pub(crate) fn draw(&self, root: &Node) -> String {
        let width = columns(root).max("bytes".len());
        let mut text = String::new();
        let (bold, end) = self.style(Style::new().bold());
        let _ = writeln!(text, "  {bold}{:>width$}  {:>width$}{end}", "bytes", "adds");
        self.node(&mut text, root, width, "", "", "");
        self.explain(&mut text, root);
        text
    }

    fn node(&self, text: &mut String, node: &Node, width: usize, above: &str, branch: &str, below: &str) {
        let number = |number: Option<u64>| number.map_or("?".to_owned(), |number| Thousands(number).to_string());
        let (mark, style) = if node.largest {
            ("▶", Style::new().bold().fg_color(Some(AnsiColor::Yellow.into())))
        } else {
            (" ", Style::new())
        };
        let (start, end) = self.style(style);
        let (dim, dim_end) = self.style(Style::new().dimmed());
        let _ = write!(
            text,
            "{start}{mark}{end} {:>width$}  {:>width$}  {dim}{above}{branch}{dim_end}{start}{}{end}",
            number(node.size),
            number(node.adds),
            clean(&node.name)
        );
        let notes = self.notes(node);
        let _ = if notes.is_empty() { writeln!(text) } else { writeln!(text, "  {dim}{notes}{dim_end}") };

        let above = format!("{above}{below}");
        for (index, child) in node.children.iter().enumerate() {
            let (branch, below) =
                if index + 1 == node.children.len() { ("└─ ", "   ") } else { ("├─ ", "│  ") };
            self.node(text, child, width, &above, branch, below);
        }
    }

    fn notes(&self, node: &Node) -> String {
        let mut notes = Vec::new();
        match (node.relation, &node.slot) {
            (Relation::Root, _) => {
                notes.extend(node.location.as_ref().map(|location| location.shown(self.root).to_string()))
            }
            (Relation::Held, Some(slot)) => notes.push(format!("held in `{}`", clean(slot))),
            _ => {}
        }
        let places = node.states.iter().map(|at| match &at.location {
            Some(location) => format!("{} {}", at.state, location.shown(self.root)),
            None => at.state.clone(),
        });
        notes.extend(places.take(MOST_PLACES));
        if node.states.len() > MOST_PLACES {
            notes.push(format!("and {} more", node.states.len() - MOST_PLACES));
        }
        if node.boxed {
            notes.push("in a box".to_owned());
        }
        notes.extend(node.end.map(|end| mark(end).to_owned()));
        clean(&notes.join(", "))
    }

    fn explain(&self, text: &mut String, root: &Node) {
        let (dim, end) = self.style(Style::new().dimmed());
        let _ = writeln!(
            text,
            "\n{dim}▶ the largest path: what its futures add is the size of the first; what is in a box is not part of it{end}"
        );
        let explained = [
            (End::Repeated, "its children are shown above"),
            (End::Unknown, "its states are not in the debug info that was read"),
            (End::TooLarge, "the tree is too large to show what is below"),
        ];
        for (kind, meaning) in explained {
            if any(root, &|node| node.end == Some(kind)) {
                let _ = writeln!(text, "{dim}{} {meaning}{end}", mark(kind));
            }
        }
    }

    fn style(&self, style: Style) -> (String, String) {
        if self.color { (style.render().to_string(), style.render_reset().to_string()) } else { Default::default() }
    }
}

fn mark(end: End) -> &'static str {
    match end {
        End::Recursive => "recursive",
        End::Repeated => "(*)",
        End::RunTime => "known only at run time",
        End::Unknown => "(?)",
        End::TooLarge => "…",
    }
}

fn any(node: &Node, holds: &dyn Fn(&Node) -> bool) -> bool {
    holds(node) || node.children.iter().any(|child| any(child, holds))
}

/// The width of the largest number, which may be a box far below.
fn columns(node: &Node) -> usize {
    let own = node.size.map_or(1, |size| Thousands(size).to_string().len());
    node.children.iter().map(columns).fold(own, usize::max)
}

/// Without control characters: a name in a file that was tampered with must not drive the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
