use pinsight::explain;

#[explain(name = "PROCESS")] //~ ERROR expected a name
async fn process() {}

fn main() {}
