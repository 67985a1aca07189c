//! What went wrong, and what to do about it.

use std::fmt;

/// A failure of the build, of a tool or of the system: a message, and what would help. Also the context of a cause.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    help: String,
}

/// A mistake in what was asked for; everything else that goes wrong is a [`Failure`].
#[derive(Debug)]
pub(crate) struct Usage(Failure);

impl Failure {
    pub(crate) fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Failure { message: message.into(), help: help.into() }
    }
}

impl Usage {
    pub(crate) fn error(message: impl Into<String>, help: impl Into<String>) -> anyhow::Error {
        Usage(Failure::new(message, help)).into()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\nhelp: {}", self.message, self.help)
    }
}

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl std::error::Error for Usage {}
