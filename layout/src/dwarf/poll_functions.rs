//! The functions that poll the coroutines, by the names that both share.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::raw::{FoundPollFunction, qualified};

/// Two versions of one crate have functions of the same name; the line tells them apart.
#[derive(Default)]
pub(crate) struct PollFunctions<'a>(BTreeMap<(String, Option<u32>), FoundPollFunction<'a>>);

impl<'a> PollFunctions<'a> {
    pub(crate) fn add(&mut self, function: FoundPollFunction<'a>) {
        match self.0.entry((qualified(&function.namespaces, function.name), function.line)) {
            Entry::Vacant(place) => {
                place.insert(function);
            }
            Entry::Occupied(mut place) if tells_more(&function, place.get()) => {
                place.insert(function);
            }
            Entry::Occupied(_) => {}
        }
    }

    pub(crate) fn get(&self, name: &str, line: Option<u32>) -> Option<&FoundPollFunction<'a>> {
        self.0.get(&(name.to_owned(), line))
    }
}

/// The same function may be described in several units, in one as it was compiled and in another as it was inlined.
fn tells_more(new: &FoundPollFunction<'_>, old: &FoundPollFunction<'_>) -> bool {
    let score = |function: &FoundPollFunction<'_>| (function.has_code, function.linkage_name.is_some());
    score(new) > score(old)
}
