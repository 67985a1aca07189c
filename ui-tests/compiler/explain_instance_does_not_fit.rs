#![allow(dead_code)]

use pinsight::explain;

trait Small {}

struct Large;

#[explain(max_size(64, T = Large))] //~ ERROR `Large: Small` is not satisfied
async fn process<T: Small>(value: T) {
    drop(value);
}

fn main() {}
