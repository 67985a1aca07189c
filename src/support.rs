//! The unsafe operations that projections are made of, as functions of one type.
//!
//! They are associated functions and not free ones because a type can be proven to be this one, and a function cannot: see
//! [`crate::__private`].

#![allow(missing_docs, missing_debug_implementations)]

use crate::__private::{PinnedDrop, UnsafeUnpin};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;

/// Carries the functions. It has no parameter, so that a type alias which passes for it somewhere passes for it everywhere: one with
/// a parameter could be another type for each argument.
pub struct Support;

/// Compares types: it is invariant, and nothing coerces into it.
pub struct TypeOf<T: ?Sized>(PhantomData<*mut T>);

/// Is `Unpin` if `T` is [`UnsafeUnpin`], which is how a type that says so gets its bound.
pub struct ByTrait<T: ?Sized>(PhantomData<*mut T>);

impl<T: ?Sized + UnsafeUnpin> Unpin for ByTrait<T> {}

impl Support {
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

    /// As [`Self::get_mut`], for a shared reference, from which nothing can be moved.
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

    /// As [`Self::pinned`], for two fields: one call is cheaper to compile than two.
    ///
    /// # Safety
    ///
    /// As [`Pin::new_unchecked`], for each.
    #[inline(always)]
    pub const unsafe fn pinned2<'a, T: ?Sized, U: ?Sized>(
        one: &'a mut T,
        other: &'a mut U,
    ) -> (Pin<&'a mut T>, Pin<&'a mut U>) {
        // SAFETY: what the caller promises of the first.
        let one = unsafe { Pin::new_unchecked(one) };
        // SAFETY: what the caller promises of the second.
        let other = unsafe { Pin::new_unchecked(other) };
        (one, other)
    }

    /// As [`Self::pinned`], for a shared reference.
    ///
    /// # Safety
    ///
    /// As [`Pin::new_unchecked`].
    #[inline(always)]
    pub const unsafe fn pinned_ref<T: ?Sized>(field: &T) -> Pin<&T> {
        // SAFETY: what the caller promises.
        unsafe { Pin::new_unchecked(field) }
    }

    /// As [`Self::pinned2`], for shared references.
    ///
    /// # Safety
    ///
    /// As [`Pin::new_unchecked`], for each.
    #[inline(always)]
    pub const unsafe fn pinned_ref2<'a, T: ?Sized, U: ?Sized>(one: &'a T, other: &'a U) -> (Pin<&'a T>, Pin<&'a U>) {
        // SAFETY: what the caller promises of the first.
        let one = unsafe { Pin::new_unchecked(one) };
        // SAFETY: what the caller promises of the second.
        let other = unsafe { Pin::new_unchecked(other) };
        (one, other)
    }

    /// The type of a field, as a value to compare with another.
    #[inline(always)]
    pub const fn type_of<T: ?Sized>(_: &Pin<&mut T>) -> TypeOf<T> {
        TypeOf(PhantomData)
    }

    /// As [`Self::type_of`], for a shared reference.
    #[inline(always)]
    pub const fn type_of_ref<T: ?Sized>(_: &Pin<&T>) -> TypeOf<T> {
        TypeOf(PhantomData)
    }

    /// Compares the type of a field with `T`: a value like this is coerced to no other type.
    #[inline(always)]
    pub const fn is_type<T: ?Sized>(_: TypeOf<T>) {}

    /// Runs the drop code of a type that says `PinnedDrop`.
    ///
    /// # Safety
    ///
    /// The value is being dropped by the compiler, and this is the only call.
    #[inline(always)]
    pub unsafe fn drop_pinned<T: ?Sized + PinnedDrop>(this: &mut T) {
        // SAFETY: a value that is being dropped is not moved again.
        let this = unsafe { Pin::new_unchecked(this) };
        // SAFETY: what the caller promises.
        unsafe { T::__put_pinned_drop_above_this_impl(this) }
    }

    /// Moves an unpinned field out.
    ///
    /// It takes a pointer and no reference: the result stands where a type is expected, and a reference to a field of another type would
    /// be dereferenced into one to that. A reference becomes a pointer to what it refers to, and to nothing else.
    ///
    /// # Safety
    ///
    /// As [`core::ptr::read`]; the field is not used again.
    #[inline(always)]
    pub unsafe fn moved<T>(field: *mut T) -> T {
        // SAFETY: what the caller promises.
        unsafe { core::ptr::read(field) }
    }

    /// Stands for a pinned field in what `project_replace` returns.
    #[inline(always)]
    pub const fn dropped<T: ?Sized>() -> PhantomData<T> {
        PhantomData
    }
}

/// Runs the drop code of a pinned field where it stands, also when that of an earlier one panics.
pub struct DropInPlace<T: ?Sized>(*mut T);

impl Support {
    /// Drops a pinned field in place, when the guard goes.
    ///
    /// # Safety
    ///
    /// When the guard goes, `field` must be valid to be dropped, and nobody may use or drop it afterwards.
    #[inline(always)]
    pub unsafe fn drop_in_place<T: ?Sized>(field: *mut T) -> DropInPlace<T> {
        DropInPlace(field)
    }

    /// Writes `value` over what was taken apart, when the guard goes.
    ///
    /// # Safety
    ///
    /// When the guard goes, `target` must be valid for a write, and must not hold a value that is still to be dropped.
    #[inline(always)]
    pub unsafe fn overwrite<T>(target: *mut T, value: T) -> Overwrite<T> {
        Overwrite { target, value: ManuallyDrop::new(value) }
    }
}

impl<T: ?Sized> Drop for DropInPlace<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: what the caller of `drop_in_place` has promised.
        unsafe { core::ptr::drop_in_place(self.0) }
    }
}

/// Writes the replacement over what was taken apart, also when something has panicked in between.
pub struct Overwrite<T> {
    target: *mut T,
    value: ManuallyDrop<T>,
}

impl<T> Drop for Overwrite<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: the guard is going, so its value is read once and never used again.
        let value = unsafe { ManuallyDrop::take(&mut self.value) };
        // SAFETY: what the caller of `overwrite` has promised.
        unsafe { core::ptr::write(self.target, value) }
    }
}
