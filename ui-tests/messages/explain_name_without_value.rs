use pinsight::explain;

#[explain(name = PROCESS, value = false)] //~ ERROR exclude each other
async fn process() {}

fn main() {}
