fn main() {
    let pinned = Box::pin(async {});
    let moved = *pinned; //~ ERROR cannot move out of dereference
    drop(moved);
}
