use std::pin::pin;

fn main() {
    let future = async {};
    let pinned = pin!(future);
    let moved = future; //~ ERROR use of moved value
    drop((pinned, moved));
}
