use pinsight::explain;

#[explain(max_suspends = some)] //~ ERROR expected a number of suspend points
async fn process() {}

fn main() {}
