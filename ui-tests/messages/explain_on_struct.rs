use pinsight::explain;

#[explain]
struct Task; //~ ERROR only an async function

fn main() {}
