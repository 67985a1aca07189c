//! Reads the text of `--emit=mir`.
