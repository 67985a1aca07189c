use pinsight::explain;

#[explain(max_suspends = 1, max_suspends = 2)] //~ ERROR duplicate
async fn process() {}

fn main() {}
