use pinsight::PinProject;

#[derive(PinProject)]

enum Task<F> {
    #[pin] //~ ERROR not expected here
    Running(#[pin] F),
    Done,
}

fn main() {}
