#![allow(dead_code)]

use pinsight::explain;

async fn op(_: &[u8]) {}

/// Keeps its buffer.
#[explain(max_size = 1024)]
async fn process() { //~ ERROR bytes, but `max_size` allows 1,024
    let buffer = [0; 2048];
    op(&buffer).await;
    op(&buffer).await;
}

fn main() {}
