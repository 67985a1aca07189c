async fn wait() {}

fn main() {
    let mut one = Box::pin(wait());
    let mut other = Box::pin(wait());
    std::mem::swap(&mut *one, &mut *other); //~ ERROR cannot borrow data in dereference, twice
}
