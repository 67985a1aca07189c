//! An echo server on pinsight-rt.

fn main() {}
