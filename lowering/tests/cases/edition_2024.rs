//! The cases, compiled with edition 2024. `tests/table` says how the comments are to be read.

#![allow(unused, static_mut_refs, unreachable_code, clippy::all)]

mod arguments;
mod awaits;
mod prelude;
