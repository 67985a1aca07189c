use pinsight::pin_project;

#[pin_project]
#[pin_project] //~ ERROR duplicate `#[pin_project]`
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
