use pinsight::explain;

async fn op() {}

#[explain(deny(self_reference))]
async fn process() {
    let text = String::from("Hello");
    let word = &text;
    op().await; //~ ERROR `word`, which is kept here, points at `text`
    println!("{word}");
    op().await;
    println!("{word}");
}

fn main() {}
