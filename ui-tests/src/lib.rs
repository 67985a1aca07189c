//! Cases that must not compile: see `tests/`.
