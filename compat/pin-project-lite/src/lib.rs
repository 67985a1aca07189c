//! Stands in for `pin-project-lite` 0.2: the same macro, made by pinsight.
//!
//! The macro finds its support items by `$crate`, so that it needs no variant for the other name.

#![no_std]

pub use pinsight::lite::pin_project;
