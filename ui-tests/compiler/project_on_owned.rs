use pinsight::PinProject;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

fn main() {
    let task = Task { future: 1, retries: 1 };
    task.project(); //~ ERROR no method named `project`
}
