//! Somebody else's sound library: unsafe functions that no program without `unsafe` may be able to call.

#![allow(missing_docs, clippy::missing_safety_doc)]

/// Says that it was called, and ends the process.
fn called() -> ! {
    println!("an unsafe function was called by safe code");
    std::process::exit(77)
}

pub unsafe fn none<R>() -> R {
    called()
}

pub unsafe fn one<T, R>(_: T) -> R {
    called()
}

pub unsafe fn one_mut<T: ?Sized, R: ?Sized>(_: &mut T) -> &mut R {
    called()
}

pub unsafe fn pin<T: ?Sized, R>(_: std::pin::Pin<&mut T>) -> R {
    called()
}

pub unsafe fn two<T, U, R>(_: T, _: U) -> R {
    called()
}

/// A type with a field that can be reached through a pin.
pub trait Fields {
    type F;
    fn field(self: std::pin::Pin<&mut Self>) -> *mut Self::F;
}

/// # Safety
///
/// The field must never be used or dropped again.
pub unsafe fn destroy_fields<T: Fields>(this: std::pin::Pin<&mut T>) {
    // SAFETY: what the caller promises.
    unsafe { std::ptr::drop_in_place(this.field()) }
}
