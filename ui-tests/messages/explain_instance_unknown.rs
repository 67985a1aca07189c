use pinsight::explain;

#[explain(max_size(64, U = u8))] //~ ERROR is not a parameter
async fn process<T>(value: T) {
    drop(value);
}

fn main() {}
