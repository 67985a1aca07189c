#![allow(dead_code)]

use pinsight::explain;

struct Task;

impl Task {
    #[explain]
    pub async fn process() {} //~ ERROR module is not supported in `trait`s or `impl`s
}

fn main() {}
