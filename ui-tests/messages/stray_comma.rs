use pinsight::PinProject;

#[derive(PinProject)]
#[pin(, project = TaskProj)] //~ ERROR expected an argument before this comma
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
