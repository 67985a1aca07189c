use pinsight::explain;

#[explain(max_size(64, T))] //~ ERROR what it is in the instance
async fn process<T>(value: T) {
    drop(value);
}

fn main() {}
