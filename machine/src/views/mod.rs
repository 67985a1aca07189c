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

mod amount;
mod bar;
mod display;
mod kept;
mod keys;
mod known;
mod markdown;
mod mermaid;
mod places;
mod rows;
mod svg;
mod table;
mod text;
mod type_name;
mod words;

pub use amount::{Bytes, Thousands};
pub use bar::{BarOptions, ByteBar, Ruler};
pub use kept::Kept;
pub use markdown::{MarkdownOptions, MarkdownView, RustdocView};
pub use mermaid::{MermaidOptions, MermaidView};
pub use svg::{SVG_STYLE, SketchView, SvgOptions, SvgView};
pub use text::{TextOptions, TextView};
pub use type_name::{ShortNames, short_type_name};

/// Text without control characters: a name in a file that was tampered with must not drive the terminal.
fn clean(text: &str) -> alloc::string::String {
    text.chars().map(|char| if char.is_control() { '\u{fffd}' } else { char }).collect()
}
