use pinsight::explain;

#[explain(max_sizes = 64)] //~ ERROR unknown argument
async fn process() {}

fn main() {}
