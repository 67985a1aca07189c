//! A small async runtime that is real, fast and watchable.
