use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = TaskProj, project = Other)] //~ ERROR duplicate `project`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
