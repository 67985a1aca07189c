//! What the types are, besides projected: when they are `Unpin`, and what runs when they go.

use pinsight::{PinProject, UnsafeUnpin, pinned_drop};
use std::cell::RefCell;
use std::marker::PhantomPinned;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};

/// `is_unpin!(T)` asks without requiring: an inherent constant, where its bound holds, goes before that of a trait.
macro_rules! is_unpin {
    ($ty:ty) => {{
        #[allow(dead_code)]
        trait Otherwise {
            const ANSWER: bool = false;
        }
        impl<T: ?Sized> Otherwise for T {}
        struct Ask<T: ?Sized>(std::marker::PhantomData<T>);
        #[allow(dead_code)]
        impl<T: ?Sized + Unpin> Ask<T> {
            const ANSWER: bool = true;
        }
        <Ask<$ty>>::ANSWER
    }};
}

#[derive(PinProject)]
struct Both<P, U> {
    #[pin]
    _pinned: P,
    _plain: U,
}
#[derive(PinProject)]
enum Variants<P, U> {
    _A(#[pin] P, U),
    _B(U, #[pin] Option<P>),
}
#[derive(PinProject)]
#[pin(!Unpin)]
struct Never<P> {
    #[pin]
    _pinned: P,
}
#[derive(PinProject)]
#[pin(UnsafeUnpin)]
struct ByHand<P> {
    #[pin]
    _pinned: P,
}
// SAFETY: stricter than needed.
unsafe impl<P: Unpin + Copy> UnsafeUnpin for ByHand<P> {}
#[derive(PinProject)]
#[pin(UnsafeUnpin)]
struct ByHandForgotten<P> {
    #[pin]
    _pinned: P,
}
#[derive(PinProject)]
#[pin(unpinned)]
struct NonePinned<U> {
    _plain: U,
}
#[derive(PinProject)]
struct Recursive<P> {
    #[pin]
    _pinned: P,
    #[pin]
    _next: std::marker::PhantomData<Recursive<P>>,
}
// Nobody projects it, so the compiler is right about its first field.
#[allow(dead_code)]
#[derive(PinProject)]
struct Last<T: ?Sized>(u8, #[pin] T);

#[test]
fn unpin_if_the_pinned_fields_are() {
    assert!(is_unpin!(Both<u8, u8>));
    assert!(is_unpin!(Both<u8, PhantomPinned>));
    assert!(!is_unpin!(Both<PhantomPinned, u8>));
    assert!(is_unpin!(Both<Box<PhantomPinned>, PhantomPinned>));
    assert!(is_unpin!(Variants<u8, PhantomPinned>));
    assert!(!is_unpin!(Variants<PhantomPinned, u8>));
    assert!(!is_unpin!(Never<u8>));
    assert!(is_unpin!(ByHand<u8>));
    assert!(!is_unpin!(ByHand<String>));
    assert!(!is_unpin!(ByHand<PhantomPinned>));
    assert!(!is_unpin!(ByHandForgotten<u8>));
    assert!(is_unpin!(NonePinned<PhantomPinned>));
    assert!(is_unpin!(Recursive<u8>));
    assert!(!is_unpin!(Recursive<PhantomPinned>));
    assert!(is_unpin!(Last<[u8]>));
    assert!(!is_unpin!(Last<[PhantomPinned]>));
    assert!(!is_unpin!(Last<dyn Fn()>));
    assert!(is_unpin!(Last<dyn Fn() + Unpin>));
}

/// Writes its name down when it is dropped, and panics if it is told to.
struct Noted<'a>(&'static str, &'a RefCell<Vec<&'static str>>, bool);

impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
        assert!(!self.2, "{} was told to", self.0);
    }
}

#[derive(PinProject)]
#[pin(project_replace)]
struct Four<'a> {
    #[pin]
    a: Noted<'a>,
    _b: Noted<'a>,
    #[pin]
    c: Noted<'a>,
    _d: Noted<'a>,
}

fn four<'a>(names: [&'static str; 4], log: &'a RefCell<Vec<&'static str>>, panics: &str) -> Four<'a> {
    let [a, b, c, d] = names.map(|name| Noted(name, log, name == panics));
    Four { a, _b: b, c, _d: d }
}

#[test]
fn project_replace_drops_the_pinned_fields_in_order() {
    let log = RefCell::default();
    {
        let mut value = pin!(four(["a", "b", "c", "d"], &log, ""));
        let taken = value.as_mut().project_replace(four(["a2", "b2", "c2", "d2"], &log, ""));
        assert_eq!(*log.borrow(), ["a", "c"]);
        drop(taken);
        assert_eq!(*log.borrow(), ["a", "c", "b", "d"]);
    }
    assert_eq!(log.into_inner(), ["a", "c", "b", "d", "a2", "b2", "c2", "d2"]);
}

#[test]
fn project_replace_drops_everything_once_when_a_drop_panics() {
    for panics in ["a", "c"] {
        let log = RefCell::default();
        {
            let mut value = pin!(four(["a", "b", "c", "d"], &log, panics));
            let replaced = catch_unwind(AssertUnwindSafe(|| {
                value.as_mut().project_replace(four(["a2", "b2", "c2", "d2"], &log, ""));
            }));
            assert!(replaced.is_err());
            let mut so_far = log.borrow().clone();
            so_far.sort_unstable();
            assert_eq!(so_far, ["a", "b", "c", "d"]);
            // The replacement is in place all the same.
            assert_eq!((value.a.0, value.c.0), ("a2", "c2"));
        }
        assert_eq!(log.into_inner()[4..], ["a2", "b2", "c2", "d2"]);
    }
}

#[derive(PinProject)]
#[pin(PinnedDrop)]
struct Dropped<'a> {
    #[pin]
    field: Noted<'a>,
    times: u32,
}

#[pinned_drop]
impl PinnedDrop for Dropped<'_> {
    fn drop(mut self: Pin<&mut Self>) {
        *self.as_mut().project().times += 1;
        // `self` and `Self` mean here what they mean in any method.
        assert_eq!(self.times, 1);
        let by: fn(Pin<&mut Self>) -> u32 = |this| this.times;
        assert_eq!(by(self.as_mut()), 1);
        let log = self.field.1;
        log.borrow_mut().push("drop");
    }
}
pinsight::lite::pin_project! {
    struct LiteDropped<'a> {
        #[pin]
        field: Noted<'a>,
    }

    impl PinnedDrop for LiteDropped<'_> {
        fn drop(this: Pin<&mut Self>) {
            this.field.1.borrow_mut().push("drop");
        }
    }
}

#[test]
fn pinned_drop_runs_once_and_before_the_fields() {
    let log = RefCell::default();
    drop(Dropped { field: Noted("field", &log, false), times: 0 });
    drop(Box::pin(LiteDropped { field: Noted("field", &log, false) }));
    assert_eq!(log.into_inner(), ["drop", "field", "drop", "field"]);
}
