//! The report: one HTML page that needs nothing else. The table of machines is in it as HTML; pictures and slots are drawn by its
//! script from JSON when they are opened, so that a program with thousands of machines still opens at once.

mod data;
mod escape;
mod page;
mod row;
#[cfg(test)]
mod tests;

pub(crate) use escape::escape;
pub(crate) use page::page;
