//! Follows the rule of the compiler's coroutine transform, `compiler/rustc_mir_transform/src/coroutine.rs` in rustc 1.95.0. A local
//! is stored in a suspension if it is used or dropped after it (`MaybeLiveLocals`) or its address was taken before
//! (`MaybeBorrowedLocals`), and if its storage is needed there (`MaybeRequiresStorage`). Storage is needed from the first value on,
//! until the local is moved out without ever having been borrowed, or until the end of its scope.
//!
//! Where a type decides what an action amounts to, the rule is followed once for each [`Assumption`].

mod assumption;
mod bits;
mod dataflow;
mod live_loans;
mod mutable;
mod reuse;
mod storage;

pub(crate) use assumption::{Assumption, always_borrows, assumptions};
pub(crate) use bits::Bits;
pub(crate) use live_loans::live_loans;
pub(crate) use mutable::narrow_mutable;
pub(crate) use reuse::{Reused, narrow, reused};
pub(crate) use storage::Run;

use crate::graph::{BlockId, Graph};

/// Returns the blocks that can be reached, each after those that lead to it, as far as there are no loops.
pub(crate) fn reachable(graph: &Graph) -> Vec<BlockId> {
    let mut seen = vec![false; graph.blocks.len()];
    let mut order = Vec::new();
    // The next way to follow of each block that is being left.
    let mut path = vec![(BlockId(0), 0)];
    seen[0] = true;
    while let Some((block, way)) = path.last_mut() {
        match graph.block(*block).next.get(*way) {
            Some(next) => {
                *way += 1;
                if !std::mem::replace(&mut seen[next.index()], true) {
                    path.push((*next, 0));
                }
            }
            None => {
                order.push(*block);
                path.pop();
            }
        }
    }
    order.reverse();
    order
}
