use std::marker::PhantomPinned;

fn main() {
    let pinned = Box::pin(PhantomPinned);
    let moved = *std::pin::Pin::into_inner(pinned); //~ ERROR cannot be unpinned
    let _ = moved;
}
