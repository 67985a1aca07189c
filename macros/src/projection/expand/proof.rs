//! The proof that what is found at the path to the crate is ours.
//!
//! The path may be anybody's: `extern crate self as pinsight`, `crate = path`, a `package = …` in Cargo.toml, or a module that
//! re-exports all of our items but one. Everything `unsafe` in an expansion goes by three names found there: `Support`, whose
//! functions are the unsafe operations; `Unpin` (and `Drop`), which the type implements; and the trait that rejects a `Drop`. So each
//! expansion has one `unsafe impl` of that trait, with a type as its member:
//!
//! - A trait that passes has to be unsafe, and have a member of this name. Whoever declares one writes `unsafe`.
//! - The member has to be `Genuine`, which holds for types such as `(Support, dyn Unpin)` alone, and which is unsafe to implement.
//!   Another `Support` is another type, and with another `Unpin`, `dyn Unpin` is. No name in it has a parameter: a type alias
//!   with one could be the real type where the proof names it, and another where it is used. The path to `Unpin` is the very one in the
//!   implementation of it, tokens, places and all.

use super::{Context, unpin};
use crate::quote::{Tokens, put};

/// `type … = (Support, dyn Unpin);`, and what else the `Unpin` bound rests on.
pub(super) fn of_unpin(context: &Context<'_>, to: &mut Tokens) {
    let (path, requests) = (&context.support, &context.item.requests);
    put!(to, type __ImplementedByPinsight = (
        #path::Support,
        #{
            if requests.not_unpin.is_some() {
                put!(to, #path::PhantomPinned,);
            } else if requests.unsafe_unpin.is_some() {
                put!(to, #path::ByTrait<Self>,);
            }
        }
        dyn #{ unpin::path(context, to) }
    ););
}

/// As [`of_unpin`], for a type whose `Drop` is generated: a function, because a tuple can end in one `dyn` only.
pub(super) fn of_drop_and_unpin(context: &Context<'_>, to: &mut Tokens) {
    let path = &context.support;
    put!(to, type __DropIsByPinsight = fn(
        #path::Support,
        &dyn #{ unpin::path(context, to) },
        &dyn #path::Drop,
        #path::PhantomPinned,
        #path::ByTrait<Self>
    ););
}
