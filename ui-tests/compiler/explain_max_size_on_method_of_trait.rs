#![allow(dead_code)]

use pinsight::explain;

trait Process {
    async fn process(&self);
}

struct Task;

impl Process for Task {
    #[explain(max_size = 8)] //~ ERROR is not a member of trait
    async fn process(&self) {}
}

fn main() {}
