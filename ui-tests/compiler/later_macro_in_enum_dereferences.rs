#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

#[derive(PinProject)] //~ ERROR mismatched types
#[rewrite("Running ( # [ pin ] F" => "Running (#[pin] Box<F>")]
enum Task<F> {
    Running(#[pin] F, u8),
    Done,
}

fn main() {}
