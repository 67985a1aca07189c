#![deny(warnings)]

use pinsight::explain;

async fn op() {}

#[explain(warn)]
async fn process(n: u8) {
    let val: String = n.to_string();
    let val_ref = &val;
    op().await; //~ ERROR 3 values are kept here
    println!("{val_ref}");
    drop(val);
    op().await; //~ ERROR they were borrowed, so they are still kept
}

fn main() {}
