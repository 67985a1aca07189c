use pinsight::explain;

#[explain]
fn process() {} //~ ERROR is not async

fn main() {}
