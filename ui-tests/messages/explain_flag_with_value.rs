use pinsight::explain;

#[explain(warn = true)] //~ ERROR takes no value
async fn process() {}

fn main() {}
