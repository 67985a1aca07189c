use pinsight::explain;

#[explain(edition = 2020)] //~ ERROR expected an edition
async fn process() {}

fn main() {}
