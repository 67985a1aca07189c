//! The macros in-process: what goes in, what comes out.

mod expanded_examples;
mod explain;
mod lite;
mod reading;
mod robustness;
