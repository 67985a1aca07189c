use pinsight::explain;

async fn op() {}

#[explain(deny(self_reference))]
async fn process() {
    let task = async {
        let text = String::from("Hello");
        let word = &text;
        op().await; //~ ERROR refers to itself
        println!("{word}");
    };
    task.await;
}

fn main() {}
