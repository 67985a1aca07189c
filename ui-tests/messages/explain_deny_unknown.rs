use pinsight::explain;

#[explain(deny(self_ref))] //~ ERROR cannot be denied
async fn process() {}

fn main() {}
