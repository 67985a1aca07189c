use pinsight::explain;

#[explain]
const LIMIT: u8 = 1; //~ ERROR only an async function

fn main() {}
