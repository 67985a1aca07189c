use pinsight::PinProject;

#[derive(PinProject)]
#[pin(__private(project = TaskProj))] //~ ERROR unknown argument `__private`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
