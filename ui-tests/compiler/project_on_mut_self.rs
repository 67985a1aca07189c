use pinsight::PinProject;

#[derive(PinProject)]
struct Task<F> {
    #[pin]
    future: F,
    retries: u32,
}

impl<F> Task<F> {
    fn run(&mut self) {
        self.project(); //~ ERROR no method named `project`
    }
}

fn main() {}
