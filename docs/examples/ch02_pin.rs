//! A `Pin` may be moved. What it points to stays where it is.

async fn greet(name: String) {
    println!("Hello, {name}");
}

fn main() {
    let pinned = Box::pin(greet(String::from("you")));
    println!("the pin lies at      {:p}", &raw const pinned);
    println!("the future lies at   {:p}", &raw const *pinned);

    let list = [pinned]; // Moves the pin.
    println!("now the pin lies at  {:p}", &raw const list[0]);
    println!("and the future at    {:p}", &raw const *list[0]);
}
