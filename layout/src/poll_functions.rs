//! The functions that poll the coroutines, by the names that both share.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::raw::{RawPollFunction, qualified};

/// Two versions of one crate have functions of the same name; the line tells them apart.
#[derive(Default)]
pub(crate) struct PollFunctions<'a>(BTreeMap<(String, Option<u32>), RawPollFunction<'a>>);

impl<'a> PollFunctions<'a> {
    pub(crate) fn add(&mut self, function: RawPollFunction<'a>) {
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

    pub(crate) fn get(&self, name: &str, line: Option<u32>) -> Option<&RawPollFunction<'a>> {
        self.0.get(&(name.to_owned(), line))
    }
}

/// The same function may be described in several units, in one with places of variables and in another without.
fn tells_more(new: &RawPollFunction<'_>, old: &RawPollFunction<'_>) -> bool {
    let score = |function: &RawPollFunction<'_>| {
        let places = function.variables.iter().filter(|variable| variable.offset.is_some()).count();
        (places, function.variables.len(), usize::from(function.linkage_name.is_some()))
    };
    score(new) > score(old)
}
