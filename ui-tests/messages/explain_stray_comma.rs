use pinsight::explain;

#[explain(warn,, expand)] //~ ERROR expected an argument before this comma
async fn process() {}

fn main() {}
