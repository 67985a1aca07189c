use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = Task)] //~ ERROR the projection cannot have the name of the type
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
