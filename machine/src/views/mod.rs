//! What a person sees of one [`Machine`](crate::Machine): terminal text, Markdown, a picture, a diagram.
//!
//! ```
//! use pinsight_machine::views::TextOptions;
//! use pinsight_machine::{Machine, MachineKind};
//!
//! let machine = Machine { path: "app::tick".into(), size: Some(16), ..Machine::new(MachineKind::AsyncFn) };
//! let text = machine.to_text(&TextOptions::default()).to_string();
//! assert!(text.starts_with("async fn app::tick: 16 bytes, align ?"));
//! ```
//!
//! No view knows where a machine came from. What is not known is shown as `?`, never as 0; what is known of no part of a machine
//! is left out.

mod columns;
mod keys;
mod locations;
mod markdown;
mod mermaid;
mod numbers;
mod rows;
mod rust;
mod short_names;
mod stored_value;
mod svg;
mod text;
pub mod words;

pub use locations::{ShownLocation, file_below, shown_file};
pub use markdown::{MarkdownOptions, MarkdownView, RustdocView};
pub use mermaid::{MermaidOptions, MermaidView};
pub use numbers::{Bytes, Thousands};
pub use rust::{RustFieldNames, RustView, rust_type_name};
pub use short_names::{ShortNames, short_type_name};
pub use stored_value::StoredValue;
pub use svg::{SVG_STYLE, SketchView, SvgOptions, SvgView};
pub use text::{BarOptions, ByteBar, Ruler, TextOptions, TextView};

/// Replaces control characters: a name in a file that was tampered with must not drive the terminal.
fn clean(text: &str) -> alloc::string::String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}

/// Cuts a text to that many characters, the last of which tells that it was cut.
fn cut(text: &str, width: usize) -> alloc::string::String {
    if text.chars().count() <= width {
        return text.into();
    }
    text.chars().take(width.saturating_sub(1)).chain(['…']).collect()
}
