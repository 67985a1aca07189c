use pinsight::explain;

#[explain(docs = false, value = false)] //~ ERROR nothing to be done
async fn process() {}

fn main() {}
