//! One HTML page.

mod escape;
mod place;

pub(crate) use escape::escape;
pub(crate) use place::shown_place;
