use pinsight::explain;

#[explain(docs = off)] //~ ERROR expected `true` or `false`
async fn process() {}

fn main() {}
