//! What `#[explain]` generates, in a crate that forbids unsafe code and denies every warning there is. What is allowed here fires
//! on the functions as they are written.

#![forbid(unsafe_code)]
#![deny(warnings, nonstandard_style, rust_2018_idioms, unused, future_incompatible, let_underscore)]
#![deny(rust_2021_compatibility, rust_2024_compatibility, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::absolute_paths,
    clippy::shadow_reuse,
    clippy::shadow_unrelated,
    clippy::pub_use,
    clippy::exhaustive_enums
)]
#![allow(dead_code, clippy::unused_async, clippy::redundant_pub_crate, clippy::future_not_send)]

use pinsight::explain;

async fn op() {}

/// With everything.
///
/// # Errors
///
/// None.
#[explain(expand, max_size = 4096, max_suspends = 3)]
pub async fn everything(text: &str, number: u64) -> Result<String, u8> {
    let val: String = text.to_owned();
    let val_ref = &val;
    let nested = async {
        let list: Vec<u8> = Vec::new();
        op().await;
        list.len()
    };
    op().await;
    let length = nested.await;
    Ok(format!("{val_ref} {number} {length}"))
}

/// Has methods.
#[derive(Debug)]
pub struct Task<T>(T);

#[explain(expand, max_size(256, T = u8))]
impl<T: Clone + Sync> Task<T> {
    /// Runs.
    pub async fn run(&self) -> T {
        let value = self.0.clone();
        op().await;
        value
    }
}

/// A single one.
#[derive(Debug)]
pub struct Single;

impl Single {
    /// Runs.
    #[explain(expand, max_size = 256)]
    pub async fn run(&self) {
        op().await;
    }
}

/// In a module.
#[explain(expand, max_size = 256)]
pub mod inner {
    /// Runs.
    pub async fn run() {
        super::op().await;
    }

    pub(crate) async fn hidden() {
        super::op().await;
    }
}

#[test]
fn it_compiles_without_a_warning() {
    assert_eq!(everything::MACHINE.suspend_states().count(), 2);
}
