use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = TaskProj, project_ref = TaskProj)] //~ ERROR the name `TaskProj` is already
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
