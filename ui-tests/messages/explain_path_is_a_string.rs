use pinsight::explain;

#[explain(crate = "pinsight")] //~ ERROR expected the path
async fn process() {}

fn main() {}
