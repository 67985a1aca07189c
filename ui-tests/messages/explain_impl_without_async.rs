use pinsight::explain;

struct Task;

#[explain]
impl Task { //~ ERROR no function in this impl is async
    fn process() {}
}

fn main() {}
