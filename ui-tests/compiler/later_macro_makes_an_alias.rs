// A later macro turns the struct into an alias of one with more in it.
#![forbid(unsafe_code)]
#![allow(dead_code)]

use pinsight::PinProject;
use pinsight_attackers::rewrite;

struct Whole<F, G> {
    future: F,
    other: G,
}

#[derive(PinProject)] //~ ERROR pattern requires `..` due to inaccessible fields
#[rewrite("struct Task < F > { # [ pin ] future : F , } " => "type Task<F> = Whole<F, u8>;")]
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
