use pinsight::explain;

#[explain(max_size = "1 kB")] //~ ERROR expected a number of bytes
async fn process() {}

fn main() {}
