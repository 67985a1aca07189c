#![allow(dead_code)]

use pinsight::explain;

async fn op() {}

struct Task<T>(T);

#[explain(max_size(32, T = [u8; 100]))]
impl<T: Clone> Task<T> {
    async fn process(&self) { //~ ERROR bytes, but `max_size` allows 32
        let value = self.0.clone();
        op().await;
        drop(value);
    }

    async fn small(&self) {}
}

trait Process {
    async fn process(&self);
}

struct Other;

#[explain(max_size = 8)]
impl Process for Other {
    async fn process(&self) { //~ ERROR bytes, but `max_size` allows 8
        let value = [1_u8; 50];
        op().await;
        drop(value);
    }
}

impl Other {
    #[explain(max_size = 8)]
    pub async fn again(&self) { //~ ERROR bytes, but `max_size` allows 8
        let value = [1_u8; 50];
        op().await;
        drop(value);
    }
}

fn main() {}
