//! Numbers the cells of a body and the texts in it, and turns the places of its lines into spots.

use std::collections::BTreeMap;

use super::place::{self, Written};
use super::statement::{Cell, Operand, Path, Spot, Step, Symbol};
use super::{Place, can_hold_borrow, memory, scan};

/// Reads at most this many steps of a place; the compiler writes hardly more than five.
const STEPS: usize = 64;

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellKind {
    Local(u32),
    Machine(Place),
}

/// What the numbers stand for.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    /// By [`Cell`].
    pub cells: Vec<CellKind>,
    /// By [`Cell`].
    pub types: Vec<Option<&'t str>>,
    /// By [`Cell`]: whether its value can hold a borrow.
    pub can_hold_borrow: Vec<bool>,
    /// By [`Symbol`].
    pub symbols: Vec<String>,
}

#[derive(Debug, Default)]
pub(super) struct Builder<'t> {
    pub names: Names<'t>,
    cells: BTreeMap<CellKind, Cell>,
    symbols: BTreeMap<String, Symbol>,
    /// The types of the locals.
    pub locals: BTreeMap<u32, &'t str>,
    /// The locals that point to the machine, and whether inside of a `Pin`.
    pub pointers: BTreeMap<u32, bool>,
    /// The locals that are one index from their beginning on.
    pub indices: BTreeMap<u32, u32>,
}

impl<'t> Builder<'t> {
    pub(super) fn new() -> Self {
        let mut builder = Builder::default();
        for reason in memory::REASONS {
            builder.symbol(reason);
        }
        builder
    }

    pub(super) fn symbol(&mut self, text: &str) -> Symbol {
        if let Some(&symbol) = self.symbols.get(text) {
            return symbol;
        }
        let symbol = self.names.symbols.len() as Symbol;
        self.names.symbols.push(text.to_owned());
        self.symbols.insert(text.to_owned(), symbol);
        symbol
    }

    pub(super) fn cell(&mut self, kind: CellKind, type_name: Option<&'t str>) -> Cell {
        *self.cells.entry(kind).or_insert_with(|| {
            self.names.cells.push(kind);
            self.names.types.push(type_name);
            (self.names.cells.len() - 1) as Cell
        })
    }

    /// When all types of locals are known.
    pub(super) fn finish(mut self) -> Names<'t> {
        for (kind, type_name) in self.names.cells.iter().zip(&mut self.names.types) {
            if let CellKind::Local(local) = kind {
                *type_name = self.locals.get(local).copied();
            }
        }
        let can_hold_borrow = |name: &Option<&str>| name.is_none_or(can_hold_borrow::can_hold_borrow);
        self.names.can_hold_borrow = self.names.types.iter().map(can_hold_borrow).collect();
        self.names
    }

    /// Whether the place can be changed through a shared reference.
    pub(super) fn is_shared_mutable(&self, text: &'t str) -> bool {
        let type_name = place::parse(text).and_then(|(written, _)| self.type_name(&written));
        type_name.is_some_and(can_hold_borrow::is_shared_mutable)
    }

    pub(super) fn type_name(&self, written: &Written<'t>) -> Option<&'t str> {
        written.type_name(self.locals.get(&written.local).copied())
    }

    /// Whether the text is the machine as a whole, `(*_22)`.
    pub(super) fn is_machine(&self, text: &str) -> bool {
        place::parse(text).is_some_and(|(written, rest)| {
            rest.is_empty() && self.inside_machine(&written).is_some_and(<[_]>::is_empty)
        })
    }

    /// The steps behind the pointer to the machine, if the place begins with one.
    fn inside_machine<'w>(&self, written: &'w Written<'t>) -> Option<&'w [place::Step<'t>]> {
        match (self.pointers.get(&written.local)?, written.steps.as_slice()) {
            (false, [place::Step::Deref, rest @ ..]) => Some(rest),
            (true, [place::Step::Field(0, _), place::Step::Deref, rest @ ..]) => Some(rest),
            _ => None,
        }
    }

    /// A place that is the whole of the text.
    pub(super) fn whole_spot(&mut self, text: &'t str) -> Option<Spot> {
        let (written, "") = place::parse(text)? else { return None };
        self.spot(&written)
    }

    pub(super) fn spot(&mut self, written: &Written<'t>) -> Option<Spot> {
        use place::Step::{Field, Variant};
        let (cell, steps) = match self.inside_machine(written) {
            Some([Field(index, type_name), rest @ ..]) => {
                (self.cell(CellKind::Machine(Place::Upvar(*index)), Some(type_name)), rest.to_vec())
            }
            Some([Variant(name), Field(field, type_name), rest @ ..]) => {
                let variant = name.strip_prefix("variant#")?.parse().ok()?;
                let place = Place::Saved { variant, field: *field };
                (self.cell(CellKind::Machine(place), Some(type_name)), rest.to_vec())
            }
            Some(_) => return None,
            None => (self.cell(CellKind::Local(written.local), None), written.steps.clone()),
        };
        if steps.len() > STEPS {
            return None;
        }
        let mut spot = Spot { cell, paths: vec![Path::new()], range: false };
        for step in steps {
            self.step(&mut spot, step);
        }
        Some(spot)
    }

    fn step(&mut self, spot: &mut Spot, step: place::Step<'t>) {
        let step = match step {
            place::Step::Deref => return spot.paths.push(Path::new()),
            place::Step::Field(index, _) => Step::Field(index),
            place::Step::Variant(name) => Step::Variant(self.symbol(name)),
            place::Step::Index(text) if text.contains("..") => {
                spot.range = true;
                return;
            }
            place::Step::Index(text) => self.index(text),
        };
        if let Some(last) = spot.paths.last_mut() {
            last.push(step);
        }
    }

    /// `_3`, `1 of 2`; counted from the end, `-1 of 2`.
    fn index(&self, text: &str) -> Step {
        let known = match scan::local(text) {
            Some((local, _)) => self.indices.get(&local).copied(),
            None => scan::number(text).map(|(index, _)| index),
        };
        known.map_or(Step::Any, Step::At)
    }

    /// An operand at the start, and what follows it.
    pub(super) fn operand(&mut self, text: &'t str) -> Option<(Operand, &'t str)> {
        let text = text.trim_start();
        let (moved, place) = match (text.strip_prefix("move "), text.strip_prefix("copy ")) {
            (Some(place), _) => (true, place),
            (None, Some(place)) => (false, place),
            (None, None) => return constant(text),
        };
        let (written, rest) = place::parse(place)?;
        let spot = self.spot(&written)?;
        Some((if moved { Operand::Move(spot) } else { Operand::Copy(spot) }, rest))
    }

    /// Operands with commas between them.
    pub(super) fn operands(&mut self, text: &'t str) -> Option<Vec<Operand>> {
        let mut operands = Vec::new();
        for part in scan::split(text, b',')? {
            let (operand, "") = self.operand(part)? else { return None };
            operands.push(operand);
        }
        Some(operands)
    }
}

/// `const 5_usize`; a function is written as its path alone. And what follows it.
fn constant(text: &str) -> Option<(Operand, &str)> {
    let begins_a_path = |first: char| first.is_alphabetic() || matches!(first, '<' | '{' | '_');
    let constant = match text.strip_prefix("const ") {
        Some(constant) => constant,
        None if text.starts_with(begins_a_path) && scan::local(text).is_none() => text,
        None => return None,
    };
    let end = scan::until(constant, b",)]};")?;
    // A cast follows the constant; ` as ` in its own path stands in angle brackets.
    let mut at = 0;
    while at < end {
        at += scan::until(&constant[at..end], b" ")?;
        if constant[at..end].starts_with(" as ") {
            return Some((Operand::Constant, &constant[at..]));
        }
        at += 1;
    }
    Some((Operand::Constant, &constant[end..]))
}
