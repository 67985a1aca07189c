use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::lanes::{self, Arrow};
use super::{CHAR_WIDTH, Escaped, SMALL_CHAR_WIDTH};
use crate::views::StoredValue;
use crate::views::words::{self, plain};
use crate::{Certainty, Machine, Role, State, StateKind};

impl Machine {
    /// A picture for a page of documentation: a box for each state with what it stores and why, and an arrow for each self-reference,
    /// dashed if it is only possible. It needs neither sizes nor offsets. It has no style, no script, no ids and no ground of its
    /// own: all text has the colour of the text around it, so that it follows any theme.
    pub fn to_sketch(&self) -> SketchView<'_> {
        SketchView { machine: self }
    }
}

/// Displays [`Machine::to_sketch`].
#[derive(Clone, Copy, Debug)]
pub struct SketchView<'a> {
    machine: &'a Machine,
}

const HEADER_HEIGHT: f64 = 30.0;
const ROW_HEIGHT: f64 = 20.0;
const BOX_GAP: f64 = 12.0;
const LANE_WIDTH: f64 = 9.0;
/// What is longer is cut; the table and the tooltip have all of it.
const MOST_CHARS: usize = 84;

/// One state.
struct Drawn {
    title: String,
    subtitle: String,
    rows: Vec<StoredValue>,
    arrows: Vec<Arrow>,
    lanes: usize,
}

impl Drawn {
    fn new(machine: &Machine, state: &State) -> Self {
        let awaits = state.awaited.as_deref().map(|awaited| format!("awaits {}", plain(awaited)));
        let line = state.location.as_ref().map(|location| format!("line {}", location.line));
        let subtitle = [awaits, line].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let rows = machine.stored_values(state);
        let row_of = |slot: usize| rows.iter().position(|row| row.slot == slot);
        let mut arrows = Vec::new();
        for (from, row) in rows.iter().enumerate() {
            for points_at in state.slots[row.slot].points_at.iter() {
                // A reference into what is no row has no end to draw to.
                let Some(to) = row_of(points_at.slot) else { continue };
                let certain = points_at.certainty == Certainty::Certain;
                let words = format!("{} {}", plain(&row.name), plain(&words::points_at(state, points_at)));
                arrows.push(Arrow { from, to, certain, words, lane: 0 });
            }
        }
        let lanes =
            lanes::assign(&mut arrows, |arrow| (arrow.from.min(arrow.to) as f64, arrow.from.max(arrow.to) as f64));
        Drawn { title: state.kind.to_string(), subtitle, rows, arrows, lanes }
    }

    /// Before it is polled.
    fn unresumed(machine: &Machine) -> Option<Self> {
        let state = machine.state(StateKind::Unresumed)?;
        let arguments = state.slots.iter().filter(|slot| slot.role == Role::Argument);
        let names: Vec<String> = arguments.map(|slot| plain(&slot.name)).collect();
        let subtitle =
            if names.is_empty() { "stores nothing".into() } else { format!("captured {}", names.join(", ")) };
        Some(Drawn { title: state.kind.to_string(), subtitle, rows: Vec::new(), arrows: Vec::new(), lanes: 0 })
    }

    fn height(&self) -> f64 {
        HEADER_HEIGHT + if self.rows.is_empty() { 0.0 } else { self.rows.len() as f64 * ROW_HEIGHT + 6.0 }
    }
}

impl fmt::Display for SketchView<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let machine = self.machine;
        let mut states: Vec<Drawn> = Drawn::unresumed(machine).into_iter().collect();
        states.extend(machine.suspend_states().map(|state| Drawn::new(machine, state)));
        let name_x = 22.0 + states.iter().map(|state| state.lanes).max().unwrap_or(0) as f64 * LANE_WIDTH;
        let rows = || states.iter().flat_map(|state| &state.rows);
        let name_chars = rows().map(|row| chars(&label(row))).max().unwrap_or(0);
        let why_x = name_x + name_chars as f64 * CHAR_WIDTH + 18.0;
        let widest_row = rows().map(|row| why_x + chars(&cut(&row.sentence())) as f64 * SMALL_CHAR_WIDTH);
        let headers =
            states.iter().map(|state| header_x(state) + chars(&cut(&state.subtitle)) as f64 * SMALL_CHAR_WIDTH);
        let width = widest_row.chain(headers).fold(200.0, f64::max) + 16.0;
        let height = states.iter().map(|state| state.height() + BOX_GAP).sum::<f64>();

        let title = Escaped(&format!("the states of {}", words::full_name(machine))).to_string();
        writeln!(
            f,
            r#"<svg class="pinsight-sketch" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}" fill="currentColor" font-family="ui-monospace,'Source Code Pro',Menlo,Consolas,'DejaVu Sans Mono',monospace" font-size="12">"#
        )?;
        let mut y = 1.0;
        for state in &states {
            draw(f, state, y, width, name_x, why_x)?;
            y += state.height() + BOX_GAP;
        }
        writeln!(f, "</svg>")
    }
}

fn draw(f: &mut fmt::Formatter<'_>, state: &Drawn, y: f64, width: f64, name_x: f64, why_x: f64) -> fmt::Result {
    writeln!(f, r#"<g transform="translate(0 {y:.0})">"#)?;
    let (w, h) = (width - 2.0, state.height());
    writeln!(
        f,
        r#"<rect x="1" width="{w:.0}" height="{h:.0}" rx="5" fill-opacity=".05" stroke="currentColor" stroke-opacity=".35"></rect>"#
    )?;
    writeln!(f, r#"<text x="12" y="19" font-weight="bold">{}</text>"#, Escaped(&state.title))?;
    let (x, subtitle) = (header_x(state), cut(&state.subtitle));
    writeln!(f, r#"<text x="{x:.1}" y="19" font-size="11" fill-opacity=".75">{}</text>"#, Escaped(&subtitle))?;
    for (index, row) in state.rows.iter().enumerate() {
        let (y, sentence) = (middle(index) + 4.0, row.sentence());
        let (name, why) = (label(row), cut(&sentence));
        writeln!(f, r#"<g><title>{}: {}</title>"#, Escaped(&name), Escaped(&plain(&sentence)))?;
        writeln!(f, r#"<text x="{name_x:.1}" y="{y:.1}" font-weight="bold">{}</text>"#, Escaped(&name))?;
        writeln!(f, r#"<text x="{why_x:.1}" y="{y:.1}" font-size="11">{}</text></g>"#, Escaped(&why))?;
    }
    for arrow in &state.arrows {
        let x = name_x - 10.0 - arrow.lane as f64 * LANE_WIDTH;
        let (from, to, end) = (middle(arrow.from), middle(arrow.to), name_x - 4.0);
        let dashes = if arrow.certain { "" } else { r#" stroke-dasharray="4 3""# };
        writeln!(f, r#"<g class="arrow"><title>{}</title>"#, Escaped(&arrow.words))?;
        writeln!(
            f,
            r#"<path d="M{end:.1} {from:.1}H{x:.1}V{to:.1}H{end:.1}" fill="none" stroke="currentColor" stroke-width="1.4"{dashes}></path>"#
        )?;
        writeln!(f, r#"<path d="M{end:.1} {to:.1}l-5 -3.5v7z"></path></g>"#)?;
    }
    writeln!(f, "</g>")
}

/// The height of the middle of a row in its box.
fn middle(row: usize) -> f64 {
    HEADER_HEIGHT + (row as f64 + 0.5) * ROW_HEIGHT - 1.0
}

fn header_x(state: &Drawn) -> f64 {
    12.0 + (chars(&state.title) + 2) as f64 * CHAR_WIDTH
}

fn label(row: &StoredValue) -> String {
    match &row.type_name {
        Some(type_name) => cut(&format!("{}: {}", row.name, type_name)),
        None => cut(&row.name),
    }
}

fn chars(text: &str) -> usize {
    text.chars().count()
}

/// Without markup, and not longer than there is room for.
fn cut(sentence: &str) -> String {
    let text = plain(sentence);
    if chars(&text) <= MOST_CHARS {
        return text;
    }
    let mut short: String = text.chars().take(MOST_CHARS - 1).collect();
    short.push('…');
    short
}
