use pinsight::explain;

#[explain(max_size)] //~ ERROR expected a number of bytes
async fn process() {}

fn main() {}
