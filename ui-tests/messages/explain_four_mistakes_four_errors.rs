use pinsight::explain;

#[explain(warm, docs = no, deny(x), max_suspends = 1.5)] //~ ERROR four times
async fn process() {}

fn main() {}
