use pinsight::PinProject;
use std::pin::Pin;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn retries<F>(task: Pin<&Task<F>>) -> u32 {
    *task.project_ref().retries //~ ERROR no method named `project_ref`
}

fn main() {}
