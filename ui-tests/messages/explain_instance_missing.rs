use pinsight::explain;

#[explain(max_size = 64)] //~ ERROR is generic
async fn process<T>(value: T, source: impl Iterator<Item = u8>) {
    drop((value, source));
}

fn main() {}
