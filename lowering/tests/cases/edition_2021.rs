//! The cases whose answer depends on the edition, compiled with 2021.

#![allow(unused, clippy::all)]

mod edition_2021_temporaries;
mod prelude;
