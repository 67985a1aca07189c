use pinsight::PinProject;

#[derive(PinProject)]
#[pin(project = TaskProj TaskProjRef)] //~ ERROR expected one name
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {}
