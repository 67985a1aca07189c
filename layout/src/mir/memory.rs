//! What all cells point at, at one point of the program; and how a place is read, borrowed and written there.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::facts::{self, Fact, Inside};
use super::statement::{Cell, Path, Spot, Step, Symbol};

/// Follows at most this many targets of one reference.
const TARGETS: usize = 64;

/// Why a fact is not certain, where no function is the reason. The first symbols of every body.
pub(super) const REASONS: [&str; 3] = ["an index", "a reference", "a line that is not understood"];
pub(super) const INDEX: Symbol = 0;
pub(super) const REFERENCE: Symbol = 1;
pub(super) const UNKNOWN: Symbol = 2;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Memory {
    cells: BTreeMap<Cell, Rc<Vec<Fact>>>,
    /// The cells to which there has been a reference.
    pub borrowed: BTreeSet<Cell>,
    /// A fact did not find room.
    pub overflow: bool,
}

/// A place that a spot may be.
struct Location {
    cell: Cell,
    path: Path,
    certain: bool,
    always: bool,
    mutable: bool,
    /// Reached by a reference that is only possible: then it may be any part of the cell, or of what that refers to.
    vague: bool,
    through: Symbol,
}

impl Memory {
    pub(super) fn facts(&self, cell: Cell) -> &[Fact] {
        self.cells.get(&cell).map_or(&[], |facts| facts)
    }

    /// Whether that fact about the cell is known here to hold on every path.
    pub(super) fn is_always(&self, cell: Cell, fact: &Fact) -> bool {
        facts::find(self.facts(cell), fact).is_some_and(|known| known.always)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (Cell, &[Fact])> {
        self.cells.iter().map(|(cell, facts)| (*cell, facts.as_slice()))
    }

    /// How much is known.
    pub(super) fn size(&self) -> u64 {
        self.cells.values().map(|facts| 1 + facts.len() as u64).sum::<u64>() + self.borrowed.len() as u64
    }

    pub(super) fn clear(&mut self, cell: Cell) {
        self.cells.remove(&cell);
    }

    /// The value of the cell is no longer there, and so nothing points at it.
    pub(super) fn moved_out(&mut self, cell: Cell) {
        self.clear(cell);
        if self.borrowed.remove(&cell) {
            self.retain(|_, fact| fact.target != cell);
        }
    }

    pub(super) fn retain(&mut self, keep: impl Fn(Cell, &Fact) -> bool) {
        self.cells.retain(|cell, facts| {
            if !facts.iter().all(|fact| keep(*cell, fact)) {
                Rc::make_mut(facts).retain(|fact| keep(*cell, fact));
            }
            !facts.is_empty()
        });
    }

    pub(super) fn change(&mut self, cell: Cell, mut change: impl FnMut(&mut Fact)) {
        if let Some(facts) = self.cells.get_mut(&cell) {
            Rc::make_mut(facts).iter_mut().for_each(&mut change);
        }
    }

    pub(super) fn change_all(&mut self, mut change: impl FnMut(Cell, &mut Fact)) {
        for (cell, facts) in &mut self.cells {
            Rc::make_mut(facts).iter_mut().for_each(|fact| change(*cell, fact));
        }
    }

    pub(super) fn add(&mut self, cell: Cell, fact: Fact) {
        let facts = self.cells.entry(cell).or_default();
        self.overflow |= !facts::add(Rc::make_mut(facts), fact);
    }

    /// Where another path arrives: whether anything is new.
    pub(super) fn join(&mut self, other: &Memory) -> bool {
        let before = self.clone();
        for (cell, facts) in &mut self.cells {
            match other.cells.get(cell) {
                Some(theirs) if Rc::ptr_eq(facts, theirs) => {}
                theirs => *facts = Rc::new(facts::join(facts, theirs.map_or(&[], |facts| facts))),
            }
        }
        for (cell, facts) in &other.cells {
            self.cells.entry(*cell).or_insert_with(|| Rc::new(facts::join(&[], facts)));
        }
        self.borrowed.extend(&other.borrowed);
        self.overflow |= other.overflow;
        *self != before
    }

    /// What the value at the spot points at.
    pub(super) fn read(&self, spot: &Spot) -> Vec<Fact> {
        let mut found = Vec::new();
        for location in self.locations(spot) {
            self.read_location(&location, &mut found);
        }
        if spot.range {
            found.iter_mut().for_each(|fact| {
                fact.from.clear();
                fact.weaken(INDEX);
            });
        }
        found
    }

    fn read_location(&self, location: &Location, found: &mut Vec<Fact>) {
        for fact in self.facts(location.cell) {
            let (from, sure) = match facts::inside(&fact.from, &location.path) {
                Inside::At(from) => (from, true),
                Inside::Maybe(from) => (from, false),
                Inside::No if location.vague => (Path::new(), false),
                Inside::No => continue,
            };
            let mut fact = Fact { from, ..fact.clone() };
            if !sure {
                fact.weaken(INDEX);
            }
            // Only what holds on every path is known to meet the other on one.
            if !location.certain || !(location.always || fact.always) {
                fact.weaken(location.through);
            }
            fact.always &= location.always;
            if location.vague {
                fact.from.clear();
            }
            found.push(fact);
        }
        if location.vague {
            // What is only possibly a reference to the cell may as well refer to what refers to it.
            found.push(location.reference());
        }
    }

    /// What a reference to the spot points at.
    pub(super) fn borrow(&self, spot: &Spot, mutable: bool) -> Vec<Fact> {
        let reborrowed = spot.paths.len() > 1;
        let mut found: Vec<Fact> = self.locations(spot).iter().map(Location::reference).collect();
        found.iter_mut().for_each(|fact| fact.mutable = mutable && (!reborrowed || fact.mutable));
        found
    }

    fn locations(&self, spot: &Spot) -> Vec<Location> {
        let (certain, always) = (true, true);
        let path = spot.paths[0].clone();
        let mut places =
            vec![Location { cell: spot.cell, path, certain, always, mutable: true, vague: false, through: REFERENCE }];
        for part in &spot.paths[1..] {
            let mut next = Vec::new();
            for place in &places {
                let mut references = Vec::new();
                self.read_location(place, &mut references);
                // What is deeper in the value is not the reference that is followed.
                references.retain(|fact| fact.from.is_empty());
                next.extend(references.into_iter().map(|fact| {
                    let (path, cut) = if fact.certain { facts::concat(&fact.part, part) } else { (Path::new(), false) };
                    let (certain, always) = (fact.certain && !cut, fact.always && !cut);
                    let through = if fact.certain { REFERENCE } else { fact.through };
                    Location {
                        cell: fact.target,
                        path,
                        certain,
                        always,
                        mutable: fact.mutable,
                        vague: !certain,
                        through,
                    }
                }));
            }
            next.truncate(TARGETS);
            places = next;
        }
        places
    }

    /// Assigns to the spot a value that points at these.
    pub(super) fn write(&mut self, spot: &Spot, value: &[Fact]) {
        let places = self.locations(spot);
        let alone = places.len() == 1 && !spot.range;
        for place in places {
            let index = place.path.contains(&Step::Any);
            let overwrites = alone && place.certain && place.always && !place.vague && !index;
            self.overwrite(&place, overwrites);
            for fact in value {
                let (from, cut) = facts::concat(&place.path, &fact.from);
                let mut fact = Fact { from, ..fact.clone() };
                if cut || !place.certain || !(place.always || fact.always) {
                    fact.weaken(place.through);
                }
                fact.always &= place.always;
                self.add(place.cell, fact);
            }
        }
    }

    /// What was there before is gone, or may be.
    fn overwrite(&mut self, place: &Location, surely: bool) {
        let Some(facts) = self.cells.get_mut(&place.cell) else { return };
        if surely && place.path.is_empty() {
            self.cells.remove(&place.cell);
            return;
        }
        let facts = Rc::make_mut(facts);
        if surely {
            facts.retain(|fact| !matches!(facts::inside(&fact.from, &place.path), Inside::At(_)));
        }
        for fact in facts {
            if place.vague || facts::inside(&fact.from, &place.path) != Inside::No {
                fact.weaken(place.through);
            }
        }
    }
}

impl Location {
    fn reference(&self) -> Fact {
        Fact {
            from: Path::new(),
            target: self.cell,
            part: self.path.clone(),
            certain: self.certain,
            always: self.always,
            mutable: self.mutable,
            through: self.through,
        }
    }
}
