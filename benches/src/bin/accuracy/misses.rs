//! What the prediction has wrong, one by one.

use std::fmt;

/// One of them.
pub(crate) struct Miss {
    pub(crate) kind: &'static str,
    pub(crate) package: String,
    pub(crate) file: String,
    pub(crate) line: u32,
    pub(crate) body: String,
    /// The name, or where it is.
    pub(crate) what: String,
}

impl fmt::Display for Miss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Miss { kind, package, file, line, body, what } = self;
        write!(f, "{kind}\t{package}\t{file}:{line}\t{body}\t{what}")
    }
}
