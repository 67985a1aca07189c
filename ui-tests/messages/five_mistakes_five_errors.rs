use pinsight::PinProject;

#[derive(PinProject)]
#[pin(projct = A, project = "TaskProj", !Unpn)] //~ ERROR three times
struct Task<F> {
    #[pin(now)] //~ ERROR
    future: F,
    #[pin]
    #[pin] //~ ERROR
    other: F,
}

fn main() {}
