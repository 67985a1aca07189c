use pinsight::pin_project;

#[pin_project]
#[pin] //~ ERROR not expected here
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
