use pinsight::explain;

#[explain(deny)] //~ ERROR expected what is denied
async fn process() {}

fn main() {}
