//! Budgets: what the machines of a program may not exceed.
//!
//! They are written in `pinsight.toml` beside the workspace's `Cargo.toml`, or in the manifest of the workspace or of a package:
//!
//! ```toml
//! # pinsight.toml                       # Cargo.toml: [[workspace.metadata.pinsight.budget]]
//! [[budget]]                            #         or: [[package.metadata.pinsight.budget]]
//! path = "app::handlers::*"
//! max-size = "2 KiB"
//! self-references = "deny"
//! max-growth = "5 %"
//! ```
//!
//! | key | meaning | values |
//! | --- | --- | --- |
//! | `path` | the machines: the whole path as `list` prints it; `*` stands for any text | required |
//! | `max-size` | how large such a machine may be | bytes: `2048`, `"2 KiB"`, `"1 MiB"`, `"100 bytes"` |
//! | `self-references` | whether it may certainly hold a reference into itself while it waits | `"deny"`, `"allow"` |
//! | `max-growth` | by how much it may have grown since the baseline | `"5 %"`, `"2.5 %"`, `"64 bytes"`, `0` |
//!
//! Several budgets may fit a machine: the last one that sets a key decides about it. Write the general rule first and the
//! exceptions below. The order is that of the workspace's manifest, `pinsight.toml`, and the manifests of the packages.
//!
//! The baseline is a file that `cargo pinsight baseline` writes and that is kept with the sources. A machine that is not in
//! it has not grown; it is mentioned.

mod annotations;
mod baseline;
mod check;
mod config;
mod human;
mod pattern;
mod sarif;
mod size;
pub(crate) mod source;

pub(crate) use annotations::{github, json, short};
pub(crate) use baseline::BaselineFile;
pub(crate) use check::{Outcome, Rule, UnusedBudget, Violation, check};
pub(crate) use config::Config;
pub(crate) use human::human;
pub(crate) use sarif::sarif;
