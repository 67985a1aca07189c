use alloc::vec::Vec;
use core::fmt;

use super::column::{BAR_WIDTH, Column, HEADER_HEIGHT, LANE_WIDTH, Row, SMALL_LINE_HEIGHT};
use super::lanes::Arrow;
use super::{AXIS_WIDTH, CHAR_WIDTH, Escaped, MARGIN, SMALL_CHAR_WIDTH};
use crate::views::cut;
use crate::views::{Bytes, Thousands};
use crate::{Certainty, Machine, Segment, SegmentKind, Slot};

/// Anything smaller would not be seen.
const LEAST_SEGMENT: f64 = 1.5;

/// From here on a segment has an outline, which would hide a smaller one.
const OUTLINED: f64 = 4.0;

pub(super) fn column(
    f: &mut fmt::Formatter<'_>,
    machine: &Machine,
    column: &Column,
    x: f64,
    y: f64,
    height: f64,
) -> fmt::Result {
    writeln!(f, r#"<g class="state" transform="translate({x:.1} {y:.1})">"#)?;
    writeln!(f, r#"<text class="name" x="0" y="14">{}</text>"#, Escaped(&column.title))?;
    let chars = (column.width() / SMALL_CHAR_WIDTH) as usize;
    let header =
        [(29.0, Some(&column.location), &column.whole_place), (44.0, column.awaits.as_ref(), &column.location)];
    for (y, text, location) in header {
        let Some(text) = text.filter(|text| !text.is_empty()) else { continue };
        let tooltip = if y < 30.0 { location } else { text };
        let shown = cut(text, chars);
        writeln!(
            f,
            r#"<text class="small dim" x="0" y="{y}">{}<title>{}</title></text>"#,
            Escaped(&shown),
            Escaped(tooltip)
        )?;
    }
    writeln!(f, r#"<g transform="translate(0 {HEADER_HEIGHT})">"#)?;
    bar(f, machine, column, height)?;
    for row in &column.rows {
        label(f, machine, column, row, height)?;
    }
    for arrow in &column.arrows {
        self::arrow(f, column, arrow)?;
    }
    writeln!(f, "</g>\n</g>")
}

fn bar(f: &mut fmt::Formatter<'_>, machine: &Machine, column: &Column, height: f64) -> fmt::Result {
    let Some(size) = machine.size.filter(|&size| size > 0) else { return Ok(()) };
    let state = &machine.states[column.state];
    let scale = height / size as f64;
    let segments = machine.known_byte_map(state);
    // What is widened to be seen comes last, slots above all, so that no neighbour hides it.
    let is_tiny = |segment: &Segment| segment.size as f64 * scale < LEAST_SEGMENT;
    let mut in_order: Vec<&Segment> = segments.iter().collect();
    in_order.sort_by_key(|segment| is_tiny(segment).then_some(matches!(segment.kind, SegmentKind::Slot(_))));
    for segment in in_order {
        let tall = (segment.size as f64 * scale).max(LEAST_SEGMENT);
        let y = (segment.offset as f64 * scale).min(height - tall);
        write!(f, r#"<rect class="{}"#, if tall < OUTLINED { "" } else { "byte " })?;
        match segment.kind {
            SegmentKind::Slot(slot) => match column.keys.get(slot).copied().flatten() {
                Some(key) => write!(f, "slot{}", key.color)?,
                None => write!(f, "padding")?,
            },
            SegmentKind::Discriminant => write!(f, "discriminant")?,
            SegmentKind::OtherState => write!(f, "other")?,
            SegmentKind::Padding => write!(f, "padding")?,
        }
        write!(f, r#"" x="0" y="{y:.2}" width="{BAR_WIDTH}" height="{tall:.2}"><title>"#)?;
        match segment.kind {
            SegmentKind::Slot(slot) => {
                let row = column.rows.iter().find(|row| row.slot == slot);
                write!(f, "{}", Escaped(row.map_or("", |row| &row.tooltip)))?;
            }
            kind => {
                let what = match kind {
                    SegmentKind::Discriminant => "discriminant",
                    SegmentKind::OtherState => "used in other states only",
                    _ => "padding",
                };
                write!(f, "{what}, {} at {}", Bytes::from(segment.size), Thousands(segment.offset))?;
            }
        }
        writeln!(f, "</title></rect>")?;
    }
    Ok(())
}

fn label(f: &mut fmt::Formatter<'_>, machine: &Machine, column: &Column, row: &Row, height: f64) -> fmt::Result {
    let slot = &machine.states[column.state].slots[row.slot];
    let x = column.labels_start();
    let y = row.y;
    writeln!(f, r#"<g><title>{}</title>"#, Escaped(&row.tooltip))?;
    if let (Some(bytes), Some(size)) = (slot.bytes(), machine.size.filter(|&size| size > 0)) {
        let middle = (bytes.start as f64 + bytes.end as f64) / 2.0 / size as f64 * height;
        let middle = middle.clamp(0.0, height);
        writeln!(f, r#"<path class="leader" d="M{BAR_WIDTH} {middle:.1}h5L{:.1} {y:.1}h5"/>"#, x - 5.0)?;
    }
    if let Some(strip) = &row.strip {
        let tall = (row.lines.len() + 1) as f64 * SMALL_LINE_HEIGHT;
        writeln!(f, r#"<rect class="{strip}" x="{x}" y="{:.1}" width="4" height="{tall}"/>"#, y - 13.0)?;
    }
    let lost = if row.warns { " lost" } else { "" };
    let (x, name) = (x + 8.0, Escaped(&row.name));
    write!(f, r#"<text x="{x:.1}" y="{:.1}"><tspan class="name{lost}">{name}</tspan>"#, y - 2.0)?;
    if !row.size.is_empty() {
        write!(f, r#"<tspan class="dim" dx="{:.2}">{}</tspan>"#, CHAR_WIDTH * 1.5, Escaped(&row.size))?;
    }
    write!(f, "</text>")?;
    for (index, (class, line)) in row.lines.iter().enumerate() {
        let y = y + 11.0 + index as f64 * SMALL_LINE_HEIGHT;
        write!(f, "\n<text class=\"small {class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", Escaped(line))?;
    }
    writeln!(f, "</g>")
}

/// From the end of one label to the end of the other, around all labels between them.
fn arrow(f: &mut fmt::Formatter<'_>, column: &Column, arrow: &Arrow) -> fmt::Result {
    let (from, to) = column.ends(arrow);
    let end_of = |slot| {
        let row = column.rows.iter().find(|row| row.slot == slot);
        column.labels_start() + 8.0 + row.map_or(0.0, Row::text_width) + 6.0
    };
    let (start, end) = (end_of(arrow.from), end_of(arrow.to));
    let lane = column.lanes_start() + arrow.lane as f64 * LANE_WIDTH;
    let bend = if from < to { 4.0 } else { -4.0 };
    let class = if arrow.certain { "certain" } else { "possible" };
    writeln!(
        f,
        concat!(
            r#"<g class="arrow {}"><title>{}</title>"#,
            r#"<path d="M{:.1} {:.1}H{:.1}q4 0 4 {:.1}V{:.1}q0 {:.1} -4 {:.1}H{:.1}"/>"#,
            r#"<path class="head" d="M{:.1} {:.1}l7 -3.5v7z"/></g>"#
        ),
        class,
        Escaped(&arrow.words),
        start,
        from,
        lane - 4.0,
        bend,
        to - bend,
        bend,
        bend,
        end + 6.0,
        end,
        to
    )
}

/// The offsets beside the first bar of a line.
pub(super) fn axis(f: &mut fmt::Formatter<'_>, machine: &Machine, y: f64, height: f64) -> fmt::Result {
    let Some(size) = machine.size.filter(|&size| size > 0) else { return Ok(()) };
    let x = MARGIN + AXIS_WIDTH - 8.0;
    for (offset, at) in [(0, 0.0), (size / 2, (size / 2) as f64 / size as f64), (size, 1.0)] {
        let at = y + at * height;
        writeln!(f, r#"<path class="leader" d="M{x:.1} {at:.1}h6"/>"#)?;
        writeln!(
            f,
            r#"<text class="small dim end" x="{:.1}" y="{:.1}">{}</text>"#,
            x - 3.0,
            at + 4.0,
            Thousands(offset)
        )?;
    }
    Ok(())
}

const LEGEND: [(&str, &str); 6] = [
    ("discriminant", "discriminant"),
    ("other", "in other states"),
    ("padding", "padding"),
    ("padding", "may be stored"),
    ("certain", "points at"),
    ("possible", "may point at"),
];

const SWATCH_WIDTH: f64 = 20.0;

/// The width of all entries that a legend can have.
pub(super) const LEGEND_WIDTH: f64 = 58.0 * SMALL_CHAR_WIDTH + 5.0 * (SWATCH_WIDTH + 22.0);

/// What the parts mean that have no label. Arrows are only in it where there are any.
pub(super) fn legend(f: &mut fmt::Formatter<'_>, machine: &Machine, y: f64) -> fmt::Result {
    let slots = machine.states.iter().flat_map(|state| state.slots.iter());
    let arrows: Vec<_> = slots.flat_map(|slot| slot.points_at.iter().map(|points_at| points_at.certainty)).collect();
    let has_maybe = machine.states.iter().any(|state| state.slots.iter().any(Slot::is_maybe));
    let mut x = MARGIN;
    for (class, text) in LEGEND {
        let (is_arrow, is_drawn) = match class {
            "certain" => (true, arrows.contains(&Certainty::Certain)),
            "possible" => (true, arrows.contains(&Certainty::Possible)),
            // Beside bytes their names stand out, and have no strip.
            "padding" if text != class => (false, machine.size.is_none() && has_maybe),
            _ => (false, machine.size.is_some()),
        };
        if !is_drawn {
            continue;
        }
        if is_arrow {
            let (middle, end) = (y - 4.0, x + SWATCH_WIDTH);
            writeln!(
                f,
                r#"<g class="arrow {class}"><path d="M{end:.1} {middle:.1}H{:.1}"/><path class="head" d="M{x:.1} {middle:.1}l7 -3.5v7z"/></g>"#,
                x + 6.0
            )?;
        } else {
            writeln!(
                f,
                r#"<rect class="byte {class}" x="{x:.1}" y="{:.1}" width="{SWATCH_WIDTH}" height="10"/>"#,
                y - 9.0
            )?;
        }
        x += SWATCH_WIDTH + 6.0;
        writeln!(f, r#"<text class="small dim" x="{x:.1}" y="{y:.1}">{text}</text>"#)?;
        x += text.len() as f64 * SMALL_CHAR_WIDTH + 16.0;
    }
    Ok(())
}
