//! Counts what is met and not understood.

use std::collections::BTreeMap;

use crate::Gap;

#[derive(Debug, Default)]
pub(crate) struct Gaps(BTreeMap<(String, String), u64>);

impl Gaps {
    pub(crate) fn add(&mut self, what: &str, help: &str) {
        self.add_many(what, help, 1);
    }

    pub(crate) fn add_many(&mut self, what: &str, help: &str, count: u64) {
        if count > 0 {
            *self.0.entry((what.to_owned(), help.to_owned())).or_default() += count;
        }
    }

    pub(crate) fn merge(&mut self, other: Gaps) {
        for ((what, help), count) in other.0 {
            *self.0.entry((what, help)).or_default() += count;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn into_list(self) -> Vec<Gap> {
        self.0.into_iter().map(|((what, help), count)| Gap { what, count, help }).collect()
    }
}
