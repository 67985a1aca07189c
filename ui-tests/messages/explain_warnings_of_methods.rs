#![deny(warnings)]

use pinsight::explain;

async fn op() {}

pub struct Task(u8);

#[explain(warn)]
impl Task {
    pub async fn process(&self) {
        let twice = u16::from(self.0) * 2;
        op().await; //~ ERROR one value is kept here
        println!("{twice}");
    }
}

impl Task {
    #[explain(warn)]
    pub async fn again(&self) {
        op().await; //~ ERROR nothing is kept here
    }
}

fn main() {}
