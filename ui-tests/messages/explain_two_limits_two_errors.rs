use pinsight::explain;

async fn op() {}

#[explain(max_suspends = 0, deny(self_reference))]
async fn process() { //~ ERROR has 1 suspend point
    let text = String::from("Hello");
    let word = &text;
    op().await; //~ ERROR refers to itself
    println!("{word}");
}

fn main() {}
