use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = "TaskProj")] //~ ERROR expected a name, not a string
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
