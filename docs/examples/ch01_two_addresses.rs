//! A value that points into itself, before and after a move.

struct Note {
    text: String,
    /// Where `text` lies.
    pointer: *const String,
}

fn show(when: &str, note: &Note) {
    println!("{when}");
    println!("  text lies at   {:p}", &note.text);
    println!("  pointer says   {:p}", note.pointer);
}

fn main() {
    let mut note = Note { text: String::from("Hello"), pointer: std::ptr::null() };
    note.pointer = &raw const note.text;
    show("before the move", &note);

    // The bytes of `note` are copied to the heap, the pointer among them.
    let moved = Box::new(note);
    show("after the move", &moved);
    assert_ne!(moved.pointer, &raw const moved.text);
}
