use pinsight::PinProject;

#[derive(PinProject)]
#[pin(__private(project = TaskProj))] //~ ERROR `__private` is not an argument
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
