//! What pinsight-rt and its peers are asked to do, and how it is measured.

pub mod clock;
pub mod future;
pub mod one;
pub mod process;
pub mod rt;
#[path = "../../src/stats.rs"]
pub mod stats;
#[path = "../../src/table.rs"]
pub mod table;
pub mod workload;

/// Whatever went wrong, in words for whoever gave the command.
pub type Error = Box<dyn std::error::Error + Send + Sync>;
/// The result of everything here that can fail.
pub type Result<T> = std::result::Result<T, Error>;
