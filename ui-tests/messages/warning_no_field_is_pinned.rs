#![deny(warnings)]

use pinsight::PinProject;

#[derive(PinProject)]
struct Task<F> { //~ ERROR no field of `Task` is pinned
    future: F,
}

fn main() {
    let _ = Task { future: 1 }.future;
}
