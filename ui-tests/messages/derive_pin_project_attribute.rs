use pinsight::{PinProject, pin_project};

#[derive(PinProject)]
#[pin_project(project = TaskProj)] //~ ERROR takes its arguments in `#[pin(…)]`
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
