//! How many bytes a change saves, and how sure that is.

use std::cmp::Ordering;
use std::fmt;

use pinsight_machine::views::Thousands;
use serde::Serialize;

use super::layout::Layout;

/// Bytes of one machine. Displayed without a unit: `900`, `at least 900`, `about 900`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Saving {
    pub(crate) bytes: u64,
    pub(crate) precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Precision {
    Exact,
    /// A drop flag may go too, or values that could not share their bytes may share them then.
    AtLeast,
    /// It depends on when the value begins to exist, which is not written down.
    About,
}

impl Saving {
    /// What the change makes of the layout is not always certain: `after` is what is known of it, and `best` and `worst` are
    /// how small and how large it can get by what is not known.
    pub(super) fn between(before: &Layout, after: &Layout, best: &Layout, worst: &Layout) -> Self {
        let (size, before) = (after.size(), before.size());
        let precision = match (best.size().cmp(&size), worst.size().cmp(&size)) {
            (_, Ordering::Greater) => Precision::About,
            (Ordering::Less, _) => Precision::AtLeast,
            _ => Precision::Exact,
        };
        Saving { bytes: before.saturating_sub(size), precision }
    }
}

impl PartialOrd for Saving {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Saving {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.bytes, self.precision as u8).cmp(&(other.bytes, other.precision as u8))
    }
}

impl fmt::Display for Saving {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.precision {
            Precision::Exact => "",
            Precision::AtLeast => "at least ",
            Precision::About => "about ",
        })?;
        Thousands(self.bytes).fmt(f)
    }
}
