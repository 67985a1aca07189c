//! What a cell points at.

use super::statement::{Cell, Path, Step, Symbol};

/// Stores at most this many facts about one cell; what is more is counted as work that was not done.
pub(super) const PER_CELL: usize = 128;

/// Tells parts of a value apart down to this depth.
const DEPTH: usize = 16;

/// A reference out of a cell, that holds on some path to where the program is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fact {
    /// Where in the cell the reference is; when it is only possible, it may be anywhere inside of that.
    pub from: Path,
    pub target: Cell,
    pub part: Path,
    /// Assignments alone show it.
    pub certain: bool,
    /// It holds on every path.
    pub always: bool,
    /// The target can be changed through it.
    pub mutable: bool,
    /// What makes it uncertain, where it is.
    pub through: Symbol,
}

impl Fact {
    fn key(&self) -> (&Path, Cell, &Path) {
        (&self.from, self.target, &self.part)
    }

    /// No longer certain, because of that.
    pub(super) fn weaken(&mut self, through: Symbol) {
        if self.certain {
            self.through = through;
        }
        self.certain = false;
        self.always = false;
    }
}

/// How a part of a value lies to the place of a reference in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// The reference is in the part: there.
    At(Path),
    /// It may be: an index is not known, or the reference is only known to be in something larger.
    Maybe(Path),
    No,
}

/// Where in the part `part` of a value a reference is that is at `from` in the whole.
pub(super) fn inside(from: &[Step], part: &[Step]) -> Inside {
    let mut sure = true;
    for (have, want) in from.iter().zip(part) {
        match (have, want) {
            (have, want) if have == want && *have != Step::Any => {}
            (Step::Any | Step::At(_), Step::Any | Step::At(_)) if *have == Step::Any || *want == Step::Any => {
                sure = false
            }
            _ => return Inside::No,
        }
    }
    match from.get(part.len()..) {
        Some(rest) if sure => Inside::At(rest.to_vec()),
        Some(rest) => Inside::Maybe(rest.to_vec()),
        None => Inside::Maybe(Path::new()),
    }
}

/// One behind the other; one that is too deep is cut, and then says less than it seems.
pub(super) fn concat(start: &[Step], end: &[Step]) -> (Path, bool) {
    let mut path = [start, end].concat();
    let cut = path.len() > DEPTH;
    path.truncate(DEPTH);
    (path, cut)
}

/// The one that is the same but for how sure it is.
pub(super) fn find<'f>(facts: &'f [Fact], fact: &Fact) -> Option<&'f Fact> {
    facts.binary_search_by(|other| other.key().cmp(&fact.key())).ok().map(|index| &facts[index])
}

/// Adds a fact that holds at the same point as the others. Gives back whether there was room.
pub(super) fn add(facts: &mut Vec<Fact>, fact: Fact) -> bool {
    match facts.binary_search_by(|other| other.key().cmp(&fact.key())) {
        Ok(index) => {
            let known = &mut facts[index];
            known.certain |= fact.certain;
            known.always |= fact.always;
            known.mutable |= fact.mutable;
            true
        }
        Err(_) if facts.len() >= PER_CELL => false,
        Err(index) => {
            facts.insert(index, fact);
            true
        }
    }
}

/// What holds where two paths meet.
pub(super) fn join(left: &[Fact], right: &[Fact]) -> Vec<Fact> {
    let mut joined: Vec<Fact> = Vec::with_capacity(left.len().max(right.len()));
    let (mut left, mut right) = (left.iter().peekable(), right.iter().peekable());
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => break,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(one), Some(other)) => one.key().cmp(&other.key()),
        };
        let one = if order.is_le() { left.next() } else { None };
        let other = if order.is_ge() { right.next() } else { None };
        let Some(first) = one.or(other) else { break };
        let mut fact = first.clone();
        fact.always = one.is_some_and(|fact| fact.always) && other.is_some_and(|fact| fact.always);
        fact.certain = one.is_some_and(|fact| fact.certain) || other.is_some_and(|fact| fact.certain);
        fact.mutable = one.is_some_and(|fact| fact.mutable) || other.is_some_and(|fact| fact.mutable);
        joined.push(fact);
    }
    joined.truncate(PER_CELL);
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_value_has_the_references_inside_of_it() {
        use Step::{Any, At, Field};
        assert_eq!(inside(&[Field(1), Field(2)], &[Field(1)]), Inside::At(vec![Field(2)]));
        assert_eq!(inside(&[Field(1)], &[Field(2)]), Inside::No);
        assert_eq!(inside(&[], &[Field(2)]), Inside::Maybe(vec![]));
        assert_eq!(inside(&[At(1)], &[At(1)]), Inside::At(vec![]));
        assert_eq!(inside(&[At(1)], &[At(2)]), Inside::No);
        assert_eq!(inside(&[At(1)], &[Any]), Inside::Maybe(vec![]));
        assert_eq!(inside(&[Any], &[At(1)]), Inside::Maybe(vec![]));
    }
}
