#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR non-exhaustive patterns
#[rewrite("Done" => "Done, Late")]
enum Task<F> {
    Running(#[pin] F, u8),
    Done,
}

fn main() {}
