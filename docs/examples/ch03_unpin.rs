//! What is `Unpin` may be moved although it is pinned.

use std::marker::PhantomPinned;
use std::pin::{Pin, pin};

/// Compiles only for types that are `Unpin`.
fn take_out<T: Unpin + Default>(pinned: Pin<&mut T>) -> T {
    std::mem::take(Pin::into_inner(pinned))
}

/// Says by its second field that it must not be moved once it is pinned.
#[derive(Default)]
struct Anchored {
    name: String,
    _pinned: PhantomPinned,
}

fn main() {
    let mut text = pin!(String::from("a String is Unpin"));
    println!("{}", take_out(text.as_mut()));
    println!("left behind: {:?}", *text);

    let anchored = pin!(Anchored { name: String::from("an Anchored is not"), ..Default::default() });
    println!("{}", anchored.name); // It can be read, and not be moved: `take_out(anchored)` does not compile.
}
