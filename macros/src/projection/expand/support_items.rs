// What the soundness of generated code rests on. This text is the body of `pinsight::__private`; where the user has
// named another path to the crate, it is repeated on the spot.

extern crate core as __core;

pub use self::__core::marker::{PhantomData, PhantomPinned, Unpin};
pub use self::__core::mem::ManuallyDrop;
pub use self::__core::ops::Drop;
pub use self::__core::pin::Pin;
pub use self::__core::ptr::read;

/// A trait that every projected type has once. A type that implements what it must not has it twice, which the
/// compiler rejects; the name of `Offender` is what the user then reads.
pub trait MustNotImplement<Offender> {}

/// `Drop` gets `&mut self`, with which it could move a pinned field.
pub struct Drop_ButPinnedDropInstead;

impl<T: ?Sized + Drop> MustNotImplement<Drop_ButPinnedDropInstead> for T {}

/// Takes the pin off a value, to project it.
///
/// # Safety
///
/// As [`Pin::get_unchecked_mut`].
#[inline(always)]
pub const unsafe fn get_mut<T: ?Sized>(this: Pin<&mut T>) -> &mut T {
    // SAFETY: what the caller promises.
    unsafe { this.get_unchecked_mut() }
}

/// As [`get_mut`], for a shared reference, from which nothing can be moved.
#[inline(always)]
pub const fn get_ref<T: ?Sized>(this: Pin<&T>) -> &T {
    this.get_ref()
}

/// Pins a field.
///
/// A `let` with this call gives the type that the field really has: were `Pin::new_unchecked` called where a type is
/// expected, its argument could be dereferenced into another place.
///
/// # Safety
///
/// As [`Pin::new_unchecked`].
#[inline(always)]
pub const unsafe fn pinned<T: ?Sized>(field: &mut T) -> Pin<&mut T> {
    // SAFETY: what the caller promises.
    unsafe { Pin::new_unchecked(field) }
}

/// As [`pinned`], for a shared reference.
///
/// # Safety
///
/// As [`Pin::new_unchecked`].
#[inline(always)]
pub const unsafe fn pinned_ref<T: ?Sized>(field: &T) -> Pin<&T> {
    // SAFETY: what the caller promises.
    unsafe { Pin::new_unchecked(field) }
}

/// Two of these are of the same type only if their fields are: it is invariant, and nothing coerces into it.
pub struct Exactly<'a, T: ?Sized>(PhantomData<&'a mut T>);

/// The type of a field, as a value to compare with another.
#[inline(always)]
pub const fn exactly<'a, T: ?Sized>(_: &'a Pin<&mut T>) -> Exactly<'a, T> {
    Exactly(PhantomData)
}

/// As [`exactly`], for a shared reference.
#[inline(always)]
pub const fn exactly_ref<'a, T: ?Sized>(_: &'a Pin<&T>) -> Exactly<'a, T> {
    Exactly(PhantomData)
}

/// Is `Unpin` if `T` is `UnsafeUnpin`. The implementation that says so stands beside the trait.
pub struct ByTrait<'a, T: ?Sized>(PhantomData<&'a ()>, PhantomData<T>);

/// Runs the drop code of a pinned field where it stands, also when that of an earlier one panics.
pub struct DropInPlace<T: ?Sized>(*mut T);

impl<T: ?Sized> DropInPlace<T> {
    /// # Safety
    ///
    /// When this guard goes, `field` must be valid to be dropped, and nobody may use or drop it afterwards.
    #[inline(always)]
    pub unsafe fn new(field: *mut T) -> Self {
        Self(field)
    }
}

impl<T: ?Sized> Drop for DropInPlace<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: what the caller of `new` has promised.
        unsafe { __core::ptr::drop_in_place(self.0) }
    }
}

/// Writes the replacement over what was taken apart, also when something has panicked in between.
pub struct Overwrite<T> {
    target: *mut T,
    value: ManuallyDrop<T>,
}

impl<T> Overwrite<T> {
    /// # Safety
    ///
    /// When this guard goes, `target` must be valid for a write, and must not hold a value that is still to be dropped.
    #[inline(always)]
    pub unsafe fn new(target: *mut T, value: T) -> Self {
        Self { target, value: ManuallyDrop::new(value) }
    }
}

impl<T> Drop for Overwrite<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the guard is going, so its value is read once and never used again.
        let value = unsafe { ManuallyDrop::take(&mut self.value) };
        // SAFETY: what the caller of `new` has promised.
        unsafe { __core::ptr::write(self.target, value) }
    }
}
