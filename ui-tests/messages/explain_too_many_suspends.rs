use pinsight::explain;

async fn op() {}

#[explain(max_suspends = 1)]
async fn process() { //~ ERROR has 2 suspend points
    op().await;
    op().await;
}

fn main() {}
