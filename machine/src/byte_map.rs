use alloc::vec;
use alloc::vec::Vec;

use crate::{Machine, State};

/// A run of bytes of a machine that serve the same purpose in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// How far it is from the start of the machine, in bytes.
    pub offset: u64,
    /// Its size in bytes, which is never 0.
    pub size: u64,
    /// What is there.
    pub kind: SegmentKind,
}

/// What a run of bytes is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SegmentKind {
    /// The slot of the state with that index. Slots overlap in wrong input only; then it is the first of them.
    Slot(usize),
    /// The number of the current state.
    Discriminant,
    /// Not used in this state, but by a slot of another.
    OtherState,
    /// Not used in any state.
    Padding,
}

impl Machine {
    /// Returns what each byte of the machine is for while it is in `state`: segments that follow each other without a gap.
    /// `None` where the size is not known, or where a slot of the state has no known place.
    pub fn byte_map(&self, state: &State) -> Option<Vec<Segment>> {
        let size = self.size?;
        if state.slots.iter().any(|slot| slot.bytes().is_none()) {
            return None;
        }
        Some(self.known_bytes(state, size))
    }

    /// Returns the same as [`byte_map`](Self::byte_map) for the slots whose bytes are known; those of others look as if unused.
    /// Empty where the machine's size is not known.
    pub fn known_byte_map(&self, state: &State) -> Vec<Segment> {
        self.size.map(|size| self.known_bytes(state, size)).unwrap_or_default()
    }

    /// Returns how many bytes no state uses. `None` where the bytes of a slot are not known.
    pub fn padding(&self) -> Option<u64> {
        let state = self.states.first()?;
        if self.states.iter().flat_map(|state| state.slots.iter()).any(|slot| slot.bytes().is_none()) {
            return None;
        }
        let map = self.byte_map(state)?;
        Some(map.iter().filter(|segment| segment.kind == SegmentKind::Padding).map(|segment| segment.size).sum())
    }

    /// Cuts the machine at each place where a slot begins or ends, so that the cost does not depend on its size.
    fn known_bytes(&self, state: &State, size: u64) -> Vec<Segment> {
        let discriminant = self.discriminant.map(|(offset, size)| offset..offset.saturating_add(size));
        let everywhere = || self.states.iter().flat_map(|state| state.slots.iter()).filter_map(|slot| slot.bytes());
        let mut cuts = vec![0, size];
        for range in everywhere().chain(discriminant.clone()) {
            cuts.extend([range.start.min(size), range.end.min(size)]);
        }
        cuts.sort_unstable();
        cuts.dedup();

        let mut segments: Vec<Segment> = Vec::new();
        for pair in cuts.windows(2) {
            let (offset, end) = (pair[0], pair[1]);
            let covers = |range: &core::ops::Range<u64>| range.start <= offset && end <= range.end;
            let slot = state.slots.iter().position(|slot| slot.bytes().is_some_and(|range| covers(&range)));
            let kind = match slot {
                Some(slot) => SegmentKind::Slot(slot),
                None if discriminant.as_ref().is_some_and(covers) => SegmentKind::Discriminant,
                None if everywhere().any(|range| covers(&range)) => SegmentKind::OtherState,
                None => SegmentKind::Padding,
            };
            match segments.last_mut() {
                Some(last) if last.kind == kind => last.size += end - offset,
                _ => segments.push(Segment { offset, size: end - offset, kind }),
            }
        }
        segments
    }
}
