use pinsight::explain;

#[explain]
fn process() -> impl Future<Output = ()> { //~ ERROR does not end in an `async` block
    std::future::ready(())
}

fn main() {}
