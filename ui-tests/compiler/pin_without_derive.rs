#[allow(unused_imports)]
use pinsight::PinProject;

struct Task<F> {
    #[pin] //~ ERROR cannot find attribute `pin`
    future: F,
}

fn main() {}
