use std::fmt;
use std::path::PathBuf;

/// Why nothing could be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The file could not be opened, or is no object file that is understood.
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The file is fine, and has no types in its debug info.
    NoDebugInfo {
        /// The file.
        path: PathBuf,
        /// Says what it has instead, and which setting brings the types.
        help: String,
    },
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Unreadable { path, reason } => write!(f, "cannot read `{}`: {reason}", path.display()),
            Error::NoDebugInfo { path, help } => {
                write!(f, "`{}` has no debug info about types\nhelp: {help}", path.display())
            }
        }
    }
}

impl std::error::Error for Error {}
