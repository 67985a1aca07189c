use pinsight::explain;

#[explain(max_size(64, T = u8))] //~ ERROR is not generic
async fn process() {}

fn main() {}
