use core::fmt;

use crate::Text;

/// Where something stands in the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Location {
    /// As the compiler recorded it, made absolute where the folder of the compilation is known.
    pub file: Text,
    /// Counted from 1.
    pub line: u32,
    /// Counted from 1, in characters; debug info has none.
    pub column: Option<u32>,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        self.column.map_or(Ok(()), |column| write!(f, ":{column}"))
    }
}
