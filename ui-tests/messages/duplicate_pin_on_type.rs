use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = TaskProj)]
#[pin(project_ref = TaskProjRef)] //~ ERROR duplicate `#[pin]`
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
