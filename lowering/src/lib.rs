//! Predicts what an async body is lowered to, from its syntax alone: where it suspends, what each suspension stores and why, and
//! which stored value points at another one. It is for tools that have source and no build, such as editors.
//!
//! ```
//! use pinsight_lowering::{Source, predict_file};
//!
//! let text = "
//!     async fn process_data() {
//!         let val = String::new();
//!         let val_ref = &val;
//!         op().await;
//!         println!(\"{val_ref}\");
//!     }
//! ";
//! let predictions = predict_file(text, &Source::default())?;
//! let waiting = predictions[0].machine.suspend_states().next().expect("it awaits once");
//! let names: Vec<&str> = waiting.slots.iter().map(|slot| &*slot.name).collect();
//! assert_eq!(names, ["val", "val_ref", "__awaitee"]);
//! assert_eq!(waiting.slots[1].points_at[0].slot, 0);
//! print!("{}", predictions[0].machine);
//! # Ok::<(), syn::Error>(())
//! ```
//!
//! It knows no types, but follows the analyses by which the coroutine transform of rustc 1.95.0 decides: a local is stored in a
//! suspension if its storage is needed there (`MaybeRequiresStorage`) and it is used or dropped later (`MaybeLiveLocals`) or was
//! borrowed before (`MaybeBorrowedLocals`). Where only a type can decide, the slot is a
//! [`Maybe`](pinsight_machine::Evidence::Maybe) and says what decides it.
//!
//! [`Package`] knows the definitions of all files of a package, and predicts more with them.

#![forbid(unsafe_code)]
#![warn(clippy::self_named_module_files)]

mod flow;
mod graph;
mod lower;
mod package;
mod predict;
mod types;

pub use package::{Cfg, Package};

use lower::{Body, build};
use pinsight_machine::Machine;
use proc_macro2::Span;
use types::Generics;

/// What has to be known about a text besides the text.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// The name of the file, for the locations in the machine.
    pub file: String,
    /// The edition, which decides when temporaries are dropped.
    pub edition: Edition,
}

/// The edition of Rust in which a text is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Edition {
    E2015,
    E2018,
    E2021,
    #[default]
    E2024,
}

/// The predicted machine of one async body.
#[derive(Clone, Debug)]
pub struct Prediction {
    /// The machine. A local's `type_name` is known where it is written in the source.
    pub machine: Machine,
    /// The name of the function, or the `async` of a block or closure.
    pub span: Span,
    /// The `await` of each suspend state, in their order, or what stands for it inside of a macro.
    pub awaits: Vec<Span>,
    /// The macros whose tokens could not be read as Rust: there may be suspend points and uses in them that are not seen.
    pub opaque: Vec<OpaqueMacro>,
    /// The machines of the async blocks and closures in its body.
    pub children: Vec<Prediction>,
}

/// A macro whose tokens could not be read as Rust.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpaqueMacro {
    /// As written: `my::macro`.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
}

/// Predicts the machine of an `async fn`, or of a function whose body is an `async` block at its end. Returns `None` for any other.
/// `owner` is the path under which the function is known, without its own name: `module::Type`, or nothing.
pub fn predict_fn(signature: &syn::Signature, body: &syn::Block, owner: &str, source: &Source) -> Option<Prediction> {
    let name = signature.ident.to_string();
    let path = if owner.is_empty() { name } else { format!("{owner}::{name}") };
    let own_type = owner.rsplit("::").next().map(str::to_owned);
    let body = Body {
        signature: Some(signature),
        block: body,
        generics: Generics::default(),
        own_type,
        path,
        source,
        package: &Package::default(),
    };
    predict::all(build(body), source).pop()
}

/// Predicts the machines of all async functions, blocks and closures of a file, in the order of the source. Those inside of
/// another one are its [children](Prediction::children).
///
/// # Errors
///
/// Fails if the text is not a Rust file.
pub fn predict_file(text: &str, source: &Source) -> syn::Result<Vec<Prediction>> {
    Package::default().predict_file(text, source)
}

// The example of the README is tested.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
