use pinsight::pin_project;

#[pin_project(projct_ref = TaskRef)] //~ ERROR unknown argument
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
