use core::fmt;

use super::TextOptions;
use crate::Machine;

/// As [`to_text`](Machine::to_text) shows it if nothing else is asked for.
impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_text(&TextOptions::default()).fmt(f)
    }
}
