use pinsight::explain;

#[explain(colour)] //~ ERROR unknown argument
async fn process() {}

fn main() {}
