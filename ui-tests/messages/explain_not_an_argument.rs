use pinsight::explain;

#[explain(1)] //~ ERROR expected an argument
async fn process() {}

fn main() {}
