use pinsight::explain;

struct Task;

#[explain(name = PROCESS)] //~ ERROR several machines
impl Task {
    pub async fn process() {}
    pub async fn again() {}
}

fn main() {}
