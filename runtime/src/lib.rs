#![doc = include_str!("../README.md")]
#![deny(unsafe_op_in_unsafe_fn)]

mod block_on;
mod coop;
mod executor;
mod foreign;
pub mod fs;
pub mod io;
#[cfg(all(test, loom))]
mod models;
pub mod net;
mod reactor;
#[cfg(feature = "stream")]
mod stream;
mod sync;
mod task;
pub mod time;
#[cfg(feature = "trace")]
pub mod trace;
#[cfg(not(feature = "trace"))]
#[path = "trace/off.rs"]
mod trace;
mod unblock;

pub use self::block_on::block_on;
pub use self::coop::{YieldNow, poll_budget, yield_now};
pub use self::executor::LocalExecutor;
pub use self::executor::spawner::{Spawner, spawn, spawn_named};
pub use self::task::error::JoinError;
pub use self::task::handle::{AbortHandle, AbortOnDrop, JoinHandle};
pub use self::unblock::{Unblock, unblock};
