use pinsight::explain;

#[explain]
mod tasks { //~ ERROR no function in this module is async
    pub fn process() {}
}

fn main() {}
