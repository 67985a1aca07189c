use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project_ref =)] //~ ERROR expected a name
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
