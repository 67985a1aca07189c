//! What a statement does to the memory.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Names;
use super::call::Manner;
use super::facts::{self, Fact};
use super::memory::{Memory, UNKNOWN};
use super::statement::{Call, Cell, Operand, Path, Statement, Step, Symbol, Value};

/// Follows at most this many references from the arguments of one call.
const REACHED: usize = 256;

pub(super) fn apply(statement: &Statement, memory: &mut Memory, names: &Names<'_>) {
    match statement {
        Statement::Assign(to, value) => {
            let facts = evaluate(value, memory);
            memory.write(to, &facts);
        }
        Statement::Call(call) => apply_call(call, memory, names),
        Statement::Drop(spot) => {
            if let Some(cell) = spot.whole() {
                memory.clear(cell);
            }
        }
        Statement::Unset(cell) => memory.clear(*cell),
        Statement::Use(operands) => operands.iter().for_each(|operand| take(operand, memory)),
        Statement::Unknown => memory.change_all(|_, fact| fact.weaken(UNKNOWN)),
        Statement::Suspend(_) => {}
    }
}

fn evaluate(value: &Value, memory: &mut Memory) -> Vec<Fact> {
    let mut found = Vec::new();
    match value {
        Value::Borrow { spot, mutable } => {
            found = memory.borrow(spot, *mutable);
            memory.borrowed.extend((spot.paths.len() == 1).then_some(spot.cell));
        }
        Value::Parts(parts) => {
            for (path, operand) in parts {
                for fact in operand.spot().map(|spot| memory.read(spot)).unwrap_or_default() {
                    let (from, cut) = facts::concat(path, &fact.from);
                    let mut fact = Fact { from, ..fact };
                    if cut {
                        fact.weaken(UNKNOWN);
                    }
                    found.push(fact);
                }
            }
            parts.iter().for_each(|(_, operand)| take(operand, memory));
        }
        Value::Plain(operands) => operands.iter().for_each(|operand| take(operand, memory)),
    }
    found
}

/// Moves the value of an operand out of where it was.
fn take(operand: &Operand, memory: &mut Memory) {
    if let Operand::Move(spot) = operand {
        match spot.whole() {
            Some(cell) => memory.moved_out(cell),
            None if spot.is_direct() => memory.write(spot, &[]),
            None => {}
        }
    }
}

/// The result of a function may hold whatever its arguments lead to; and where they allow changes, it may put that
/// there too.
fn apply_call(call: &Call, memory: &mut Memory, names: &Names<'_>) {
    let arguments: Vec<Vec<Fact>> =
        call.arguments.iter().map(|operand| operand.spot().map(|spot| memory.read(spot)).unwrap_or_default()).collect();
    call.arguments.iter().for_each(|operand| take(operand, memory));
    let behind: Vec<Vec<Fact>> = arguments.iter().map(|facts| reach(facts, memory)).collect();

    let offered = offered(&arguments, &behind, call.manner == Manner::Swaps);
    for (index, fact) in changeable(&arguments, call.manner) {
        let others =
            || offered.iter().filter(|other| other.argument != Some(index) && other.fact.target != fact.target);
        let replaced = matches!(call.manner, Manner::Replaces | Manner::Swaps) || others().next().is_some();
        change(memory, fact.target, replaced, call.through);
        if names.can_hold_borrow.get(fact.target as usize).is_some_and(|can_hold_borrow| *can_hold_borrow) {
            let from = if fact.certain { fact.part.clone() } else { Path::new() };
            for other in others() {
                memory.add(fact.target, possible(other.fact, from.clone(), call.through));
            }
        }
    }
    for fact in behind.iter().flatten().filter(|fact| fact.mutable) {
        change(memory, fact.target, false, call.through);
    }
    memory.overflow |= offered.len() == REACHED;

    let mut result = Vec::new();
    if call.can_hold_borrow {
        let unlinked = matches!(call.manner, Manner::Polls | Manner::Unlinked);
        let direct = arguments.iter().flatten().filter(|fact| !(unlinked && fact.certain));
        for fact in direct.chain(behind.iter().flatten()) {
            let fact = possible(fact, Path::new(), call.through);
            result.push(Fact { mutable: fact.mutable && !call.shared, ..fact });
        }
    }
    memory.write(&call.to, &result);
}

/// What a function could put where one of its arguments allows changes.
struct Offered<'f> {
    fact: &'f Fact,
    /// The only argument that leads to it.
    argument: Option<usize>,
}

fn offered<'f>(arguments: &'f [Vec<Fact>], behind: &'f [Vec<Fact>], only_behind: bool) -> Vec<Offered<'f>> {
    let mut found: BTreeMap<(Cell, &Path), Offered<'f>> = BTreeMap::new();
    let direct = arguments.iter().enumerate().filter(|_| !only_behind);
    for (index, facts) in direct.chain(behind.iter().enumerate()) {
        for fact in facts {
            let full = found.len() >= REACHED;
            match found.get_mut(&(fact.target, &fact.part)) {
                Some(known) if known.argument != Some(index) => known.argument = None,
                None if !full => drop(found.insert((fact.target, &fact.part), Offered { fact, argument: Some(index) })),
                _ => {}
            }
        }
    }
    found.into_values().collect()
}

/// The targets that a function may change through the references that it is given, and by which argument.
fn changeable(arguments: &[Vec<Fact>], manner: Manner) -> impl Iterator<Item = (usize, &Fact)> {
    let all = arguments.iter().enumerate().flat_map(|(index, facts)| facts.iter().map(move |fact| (index, fact)));
    all.filter(move |(_, fact)| fact.mutable && manner != Manner::Polls).take(REACHED)
}

fn possible(fact: &Fact, from: Path, through: Symbol) -> Fact {
    Fact { from, certain: false, always: false, through, ..fact.clone() }
}

/// A function could change the cell. It has no other reference to put in the place of one, if it got none; but an enum
/// may become another variant, which has none.
fn change(memory: &mut Memory, cell: Cell, replaced: bool, through: Symbol) {
    memory.change(cell, |fact| {
        if replaced || fact.from.iter().any(|step| matches!(step, Step::Variant(_))) {
            fact.weaken(through);
        }
    });
}

/// What the targets of these point at, and the targets of that, and so on.
fn reach(facts: &[Fact], memory: &Memory) -> Vec<Fact> {
    let mut reached: Vec<Fact> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut targets: Vec<Cell> = facts.iter().map(|fact| fact.target).collect();
    while let Some(target) = targets.pop() {
        if reached.len() < REACHED && seen.insert(target) {
            let facts = memory.facts(target);
            targets.extend(facts.iter().map(|fact| fact.target));
            reached.extend_from_slice(facts);
        }
    }
    reached
}
