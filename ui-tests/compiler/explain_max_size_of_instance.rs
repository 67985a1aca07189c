#![allow(dead_code)]

use pinsight::explain;

async fn op() {}

#[explain(max_size(64, T = [u8; 100], N = 2 + 2))]
async fn process<T: Clone, const N: usize>(value: T, _: [u8; N]) { //~ ERROR bytes, but `max_size` allows 64
    op().await;
    drop(value);
}

fn main() {}
