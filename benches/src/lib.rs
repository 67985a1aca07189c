//! What the measurements share: medians, and tables that can be read in a terminal too.

pub mod stats;
pub mod table;
