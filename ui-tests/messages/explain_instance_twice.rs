use pinsight::explain;

#[explain(max_size(64, T = u8, T = u16))] //~ ERROR duplicate
async fn process<T>(value: T) {
    drop(value);
}

fn main() {}
