//! What threads share, under loom: each model runs the code itself, in every order of its steps and with every value that the
//! memory model lets a load see. Run by `ci/runtime-loom.sh`.
//!
//! A wake-up that is lost is a thread that sleeps for ever, which loom reports as a deadlock.

mod block_on;
mod executor;
mod mailbox;
pub(crate) mod thread;

/// loom's, which is of an edition that takes no `const` block for an expression.
macro_rules! locals {
    ($($(#[$attribute:meta])* static $name:ident: $type:ty = $value:expr;)*) => {
        ::loom::thread_local! { $($(#[$attribute])* static $name: $type = $value;)* }
    };
}
pub(crate) use locals as thread_local;
