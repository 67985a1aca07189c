//! Generated code in a crate that forbids unsafe code and denies every warning there is. What is allowed here fires on
//! the types as they are written, with or without a derive.

#![forbid(unsafe_code)]
#![deny(warnings, nonstandard_style, rust_2018_idioms, unused, future_incompatible, let_underscore)]
#![deny(rust_2021_compatibility, rust_2024_compatibility, clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    ffi_unwind_calls,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_abi,
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
    unsafe_op_in_unsafe_fn,
    unstable_features,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences,
    clippy::missing_inline_in_public_items,
    clippy::pattern_type_mismatch,
    clippy::undocumented_unsafe_blocks,
    clippy::unwrap_used,
    clippy::used_underscore_binding,
    clippy::shadow_reuse,
    clippy::shadow_unrelated,
    clippy::pub_use,
    clippy::exhaustive_structs
)]
#![allow(
    dead_code,
    clippy::redundant_pub_crate,
    clippy::exhaustive_structs,
    clippy::large_enum_variant,
    variant_size_differences
)]

use pinsight::{PinProject, pin_project, pinned_drop};
use std::pin::Pin;

#[derive(PinProject, Debug)]
struct Named<'a, T: ?Sized, U> {
    #[pin]
    first: U,
    second: Option<&'a mut U>,
    _unused: (),
    #[pin]
    last: T,
}

#[derive(PinProject, Debug)]
#[pin(project = WithNamesProj, project_ref = WithNamesRef, project_replace = WithNamesOwn)]
struct WithNames<T, U>
where
    T: Copy,
{
    #[pin]
    first: T,
    second: U,
    big: [u64; 100],
}

#[derive(PinProject, Debug)]
struct Tuple<T, U>(#[pin] T, U, ());

#[derive(PinProject, Debug)]
#[pin(project_replace)]
enum Variants<T, U> {
    Tuple(#[pin] T, U),
    Named {
        #[pin]
        first: T,
        second: [u64; 100],
    },
    Unit,
}

#[derive(PinProject, Debug)]
#[pin(crate = pinsight, project_replace)]
struct ByPath<T> {
    #[pin]
    first: T,
}

#[derive(PinProject, Debug)]
#[pin(PinnedDrop, UnsafeUnpin)]
struct Dropped<T> {
    #[pin]
    first: T,
}

#[pinned_drop]
impl<T> PinnedDrop for Dropped<T> {
    fn drop(self: Pin<&mut Self>) {}
}

/// What the type may do, its projection may do as well.
mod old {
    #[deprecated]
    #[derive(Debug)]
    pub(super) struct Old;
}

#[allow(deprecated)]
#[pin_project(project = MentionsOldProj, !Unpin)]
#[derive(Debug)]
struct MentionsOld<T> {
    #[pin]
    first: T,
    old: Option<old::Old>,
}

pinsight::lite::pin_project! {
    #[project = LiteProj]
    #[derive(Debug)]
    struct Lite<'a, T: ?Sized, U> {
        #[pin]
        first: U,
        second: Option<&'a mut U>,
        #[pin]
        last: T,
    }

    impl<T: ?Sized, U> PinnedDrop for Lite<'_, T, U> {
        fn drop(this: Pin<&mut Self>) {
            let _second = this.project().second;
        }
    }
}

/// Of a field that is never read through a projection, the compiler says nothing: with a visibility, its span would be the user's.
/// All fields are read by themselves, or it would be right to warn.
#[deny(dead_code)]
mod unread {
    use std::pin::Pin;

    #[derive(pinsight::PinProject, Debug)]
    #[pin(project_ref, project_replace)]
    pub(super) struct Derived {
        #[pin]
        pub(super) read: u8,
        pub(super) unread: u8,
    }

    #[pinsight::pin_project(project_replace)]
    #[derive(Debug)]
    pub(super) struct Attribute {
        #[pin]
        pub(crate) read: u8,
        pub(super) unread: u8,
    }

    pinsight::lite::pin_project! {
        #[derive(Debug)]
        pub(super) struct Lite {
            #[pin]
            pub read: u8,
            pub unread: u8,
        }
    }

    #[derive(pinsight::PinProject, Debug)]
    pub(super) struct WithoutVisibility {
        #[pin]
        read: u8,
        unread: u8,
    }

    impl WithoutVisibility {
        pub(super) fn both(self: Pin<&mut Self>) -> [u8; 2] {
            let unread = self.unread;
            [*self.project().read, unread]
        }
    }

    #[test]
    fn nothing_is_said_of_it() {
        let mut derived = std::pin::pin!(Derived { read: 1, unread: 2 });
        assert_eq!((derived.unread, *derived.as_mut().project().read), (2, 1));
        assert_eq!(*derived.as_ref().project_ref().read, 1);
        let _old = derived.project_replace(Derived { read: 3, unread: 4 }).read;
        let mut attribute = std::pin::pin!(Attribute { read: 1, unread: 2 });
        assert_eq!((attribute.unread, *attribute.as_mut().project().read), (2, 1));
        let mut lite = std::pin::pin!(Lite { read: 1, unread: 2 });
        assert_eq!((lite.unread, *lite.as_mut().project().read), (2, 1));
        let mut without = std::pin::pin!(WithoutVisibility { read: 1, unread: 2 });
        assert_eq!(without.as_mut().both(), [1, 2]);
    }
}

#[test]
fn nothing_warns() {
    // That this file compiles is the test.
}
