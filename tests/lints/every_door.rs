//! Every door, and most arguments: what `tests/forbidden_lints.rs` checks.

use pinsight::{PinProject, pin_project, pinned_drop};
use std::pin::Pin;

/// A struct.
#[derive(PinProject, Debug)]
#[pin(project_ref, project_replace)]
pub struct Named<T, U> {
    /// Pinned.
    #[pin]
    pub first: U,
    /// Not pinned.
    pub second: T,
}

/// An enum.
#[derive(PinProject, Debug)]
#[pin(pub project = StageProj, pub project_ref = StageRef, pub project_replace = StageOwn)]
pub enum Stage<T, U> {
    /// Two fields.
    Tuple(#[pin] T, U),
    /// Named fields.
    Named {
        /// Pinned.
        #[pin]
        first: T,
    },
    /// None.
    Unit,
}

/// Drop code.
#[derive(PinProject, Debug)]
#[pin(PinnedDrop)]
pub struct Dropped<T> {
    /// Pinned.
    #[pin]
    pub first: T,
}

#[pinned_drop]
impl<T> PinnedDrop for Dropped<T> {
    fn drop(self: Pin<&mut Self>) {}
}

/// Never, as long as there is no `unsafe impl`, which a crate that forbids `unsafe_code` cannot write.
#[derive(PinProject, Debug)]
#[pin(UnsafeUnpin)]
pub struct ByHand<T> {
    /// Pinned.
    #[pin]
    pub first: T,
}

/// Never `Unpin`.
#[derive(PinProject, Debug)]
#[pin(!Unpin)]
pub struct Never<T> {
    /// Pinned.
    #[pin]
    pub first: T,
}

/// The attribute.
#[pin_project(project = AttributeProj, project_ref = AttributeRef, project_replace = AttributeOwn)]
#[derive(Debug)]
pub struct Attribute<T> {
    /// Pinned.
    #[pin]
    pub first: T,
    /// Not pinned.
    pub second: u8,
}

pinsight::lite::pin_project! {
    /// The form of the lite peer.
    #[project = LiteProj]
    #[derive(Debug)]
    pub struct Lite<T> {
        /// Pinned.
        #[pin]
        pub first: T,
    }
    impl<T> PinnedDrop for Lite<T> {
        fn drop(this: Pin<&mut Self>) {
            let _first = this.project().first;
        }
    }
}
