//! What went wrong, and what to do about it.

use std::fmt;

/// A mistake in what was asked for; everything else that goes wrong is a failure of the build or of a tool.
#[derive(Debug)]
pub(crate) struct Usage {
    message: String,
    help: String,
}

impl Usage {
    pub(crate) fn error(message: String, help: String) -> anyhow::Error {
        Usage { message, help }.into()
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message, self.help)
    }
}

impl std::error::Error for Usage {}
