use pinsight::PinProject;

#[derive(PinProject)]
#[pinsight_attackers::rewrite("struct" => "struct")] //~ ERROR runs after `#[derive(PinProject)]`
struct Task<F> {
    #[pin]
    future: F,
}

fn main() {}
