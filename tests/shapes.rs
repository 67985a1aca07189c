//! Declarations whose structure is easily misread: arrows, operators, fragments of `macro_rules!`, raw names.

#![allow(
    missing_docs,
    dead_code,
    non_camel_case_types,
    clippy::identity_op,
    clippy::type_complexity,
    clippy::no_effect,
    unused_braces
)]

use pinsight::{PinProject, pin_project, pinned_drop};
use std::pin::{Pin, pin};

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Mapped<F: Fn(u8) -> u8, T: Default = Vec<u8>> {
    #[pin]
    f: F,
    t: T,
}

#[pinned_drop]
impl<F: Fn(u8) -> u8, T: Default> PinnedDrop for Mapped<F, T> {
    fn drop(self: Pin<&mut Self>)
    where
        T: Sized,
    {
        *self.project().t = T::default();
    }
}

#[pin_project]
struct Attribute<F: Fn(u8) -> Option<u8>, T>(#[pin] F, T)
where
    T: Fn() -> F;

pinsight::lite::pin_project! {
    struct Lite<'a F: Fn(u8) -> u8, T> {
        #[pin]
        f: F,
        t: &'a T,
    }

    impl<'a F: Fn(u8) -> u8, T> PinnedDrop for Lite<'a, F, T> {
        fn drop(ref this: Pin<&mut Self>) {
            let _ = &this.t;
        }
    }
}

#[test]
fn an_arrow_closes_nothing() {
    let mut mapped = pin!(Mapped { f: |n| n + 1, t: vec![1] });
    let this = mapped.as_mut().project();
    assert_eq!(((*this.f)(1), this.t.len()), (2, 1));
    let attribute = pin!(Attribute(Some, || Some));
    assert_eq!((attribute.project().0)(1), Some(1));
    assert_eq!((pin!(Lite { f: |n| n, t: &3 }).project().f)(2), 2);
}

trait Of<A, B> {
    const N: isize;
}
impl Of<u8, u8> for u8 {
    const N: isize = 5;
}
type Number<A, B> = <Option<(A, B)> as Is<isize, A>>::It;
trait Is<A, B> {
    type It;
}
impl<T, A, B> Is<A, B> for T {
    type It = A;
}
const fn size<A, B>() -> isize {
    (size_of::<A>() + size_of::<B>()) as isize
}

#[derive(PinProject)]
#[pin(unpinned)]
#[derive(Debug, PartialEq)]
enum Flag {
    A = 1 << 0,
    B = 1 << 1,
    C = (1 < 2) as isize + 3,
    D = <u8 as Of<u8, u8>>::N,
    E = size::<u16, u32>(),
    F = 7 as Number<u8, u8>,
    G = { if 1 < 2 { 8 } else { 9 } },
    H,
}

#[test]
fn discriminants_end_at_their_comma() {
    assert!(matches!(pin!(Flag::H).project(), FlagProj::H));
    assert_eq!(Flag::H as isize, 9);
}

mod r#mod {
    use super::*;

    #[derive(PinProject)]
    #[pin(project = r#enum)]
    pub(super) struct r#struct<'r#pin, r#type> {
        #[r#pin]
        pub(super) r#fn: r#type,
        pub(super) r#where: &'r#pin u8,
    }
}

#[test]
fn names_may_be_raw() {
    let mut value = pin!(r#mod::r#struct { r#fn: 1, r#where: &2 });
    let r#mod::r#enum { r#fn, r#where } = value.as_mut().project();
    let pinned: Pin<&mut i32> = r#fn;
    assert_eq!((*pinned, **r#where), (1, 2));
}

thread_local!(static DROPS: std::cell::Cell<u8> = const { std::cell::Cell::new(0) });

macro_rules! declare {
    (
        $vis:vis $name:ident $a:lifetime $t:ident $bound:path, $ty:ty, $object:ty, $pin:meta, $n:expr, $literal:literal,
        $trait:path, $this:ty, $body:block
    ) => {
        #[derive(PinProject)]
        #[$pin]
        $vis struct $name<$a, $t: $bound, const N: usize = $literal>
        where
            $ty: Clone,
        {
            #[pin]
            $vis first: [$ty; 2 * $n],
            #[pin]
            object: Option<&$a $object>,
            $vis last: ($t, [u8; N]),
        }

        #[pinned_drop]
        impl<$a, $t: $bound, const N: usize> $trait for $this {
            fn drop(self: Pin<&mut Self>) $body
        }
    };
}

declare! {
    pub(crate) Declared 'a T Copy, Option<u8>, dyn Send + Sync, pin(project = DeclaredProj, PinnedDrop), 1 + 1, 3,
    PinnedDrop, Declared<'a, T, N>, { DROPS.set(DROPS.get() + 1) }
}

macro_rules! attribute {
    ($item:item $($rest:tt)*) => {
        #[pin_project(project = AttributeOnItemProj)]
        $item
        $($rest)*
    };
}

attribute! {
    pub struct AttributeOnItem<F: Fn() -> u8>(#[pin] pub F, (u8, u8));
}

#[test]
fn fragments_are_read() {
    {
        let mut value = pin!(Declared { first: [None, None, Some(1), None], object: None, last: (1, [2; 3]) });
        let DeclaredProj { first, last, .. } = value.as_mut().project();
        let first: Pin<&mut [Option<u8>; 4]> = first;
        assert_eq!((first[2], last.1[0]), (Some(1), 2));
    }
    assert_eq!(DROPS.get(), 1);
    let mut value = pin!(AttributeOnItem(|| 1, (2, 3)));
    let AttributeOnItemProj(f, pair) = value.as_mut().project();
    assert_eq!((f(), *pair), (1, (2, 3)));
}

#[derive(PinProject)]
struct Length {
    #[pin]
    bytes: [u8; {
        struct Two;
        impl Two {
            const TWO: usize = 2;
            fn of(_: impl Into<Self>) -> Self {
                Two
            }
        }
        Two::TWO + Self::ONE
    }],
}

impl Length {
    const ONE: usize = 1;
}

#[test]
fn self_in_a_nested_item_is_that_item() {
    assert_eq!(pin!(Length { bytes: [0; 3] }).project().bytes.len(), 3);
}

macro_rules! twice {
    ($n:expr) => {
        #[derive(PinProject)]
        struct Twice {
            #[pin]
            pointers: [*const Self; 2 * $n],
        }
    };
}

twice!(1 + 1);

#[test]
fn fragments_beside_self_are_held_together() {
    let twice = pin!(Twice { pointers: [std::ptr::null(); 4] });
    let pointers: Pin<&mut [*const Twice; 4]> = twice.project().pointers;
    assert_eq!(pointers.len(), 4);
}

/// What a field outlives is not inferred from an associated type, so the projections say it.
mod associated_types {
    pub(super) trait Tr<B> {
        type Y;
    }
    pub(super) struct Of<A>(A);
    impl<A, B> Tr<B> for Of<A> {
        type Y = Option<A>;
    }
    type Named<A, B> = <Of<A> as Tr<B>>::Y;

    #[derive(pinsight::PinProject)]
    #[pin(project_ref)]
    pub(super) struct Derived<A, B>(#[pin] pub(super) <Of<A> as Tr<B>>::Y, pub(super) Named<A, B>);

    #[pinsight::pin_project(project_replace)]
    pub(super) struct Attribute<A, B>(#[pin] pub(super) <Of<A> as Tr<B>>::Y, pub(super) Named<A, B>);

    pinsight::lite::pin_project! {
        pub(super) struct Lite<A, B> {
            #[pin]
            pub(super) pinned: <Of<A> as Tr<B>>::Y,
            pub(super) other: Named<A, B>,
        }
    }

    impl<A, B> Derived<A, B> {
        pub(super) fn new(a: A, b: A) -> Self {
            Self(Some(a), Some(b))
        }
    }
    impl<A, B> Attribute<A, B> {
        pub(super) fn new(a: A, b: A) -> Self {
            Self(Some(a), Some(b))
        }
    }
}

#[test]
fn associated_types_are_projected() {
    let mut derived = std::pin::pin!(associated_types::Derived::<u8, u8>::new(1, 2));
    assert_eq!((*derived.as_mut().project().0, *derived.as_ref().project_ref().1), (Some(1), Some(2)));
    let mut attribute = std::pin::pin!(associated_types::Attribute::<u8, u8>::new(1, 2));
    assert_eq!(*attribute.as_mut().project().1, Some(2));
    let mut lite = std::pin::pin!(associated_types::Lite::<u8, u8> { pinned: Some(1), other: Some(2) });
    assert_eq!(*lite.as_mut().project().other, Some(2));
}
