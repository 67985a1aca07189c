//! The `cargo pinsight` command.

fn main() {}
