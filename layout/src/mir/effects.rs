//! What a statement does to the memory.

use std::collections::BTreeSet;

use super::builder::Names;
use super::facts::{self, Fact};
use super::memory::{Memory, UNKNOWN};
use super::statement::{Call, Cell, Operand, Path, Statement, Step, Symbol, Value};

/// As many references are followed from the arguments of one call.
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
        Value::Borrow { spot, mutable } => found = memory.borrow(spot, *mutable),
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

/// The result of a function may hold whatever its arguments lead to; and where they allow changes, it may put that there too.
fn apply_call(call: &Call, memory: &mut Memory, names: &Names<'_>) {
    let arguments: Vec<Vec<Fact>> =
        call.arguments.iter().map(|operand| operand.spot().map(|spot| memory.read(spot)).unwrap_or_default()).collect();
    call.arguments.iter().for_each(|operand| take(operand, memory));
    let reached: Vec<Vec<Fact>> = arguments.iter().map(|facts| reach(facts, memory)).collect();

    for (index, facts) in arguments.iter().enumerate() {
        let others = || reached.iter().enumerate().filter(|(other, _)| *other != index).flat_map(|(_, facts)| facts);
        let replaced = call.replaces || others().next().is_some();
        for fact in facts.iter().filter(|fact| fact.mutable && !call.polls) {
            change(memory, fact.target, replaced, call.through);
            if names.carries.get(fact.target as usize).is_some_and(|carries| *carries) {
                for other in others().filter(|other| other.target != fact.target) {
                    let from = if fact.certain { fact.part.clone() } else { Path::new() };
                    memory.add(fact.target, possible(other, from, call.through));
                }
            }
        }
        for fact in reached[index].iter().skip(facts.len()).filter(|fact| fact.mutable) {
            change(memory, fact.target, false, call.through);
        }
    }

    memory.escaped.extend(arguments.iter().flatten().map(|fact| fact.target));
    let result: Vec<Fact> = match call.carries {
        true => reached.iter().flatten().map(|fact| possible(fact, Path::new(), call.through)).collect(),
        false => Vec::new(),
    };
    memory.write(&call.to, &result);
}

fn possible(fact: &Fact, from: Path, through: Symbol) -> Fact {
    Fact { from, certain: false, always: false, through, ..fact.clone() }
}

/// A function could change the cell. It has no other reference to put in the place of one, if it got none; but an enum may become
/// another variant, which has none.
fn change(memory: &mut Memory, cell: Cell, replaced: bool, through: Symbol) {
    memory.change(cell, |fact| {
        if replaced || fact.from.iter().any(|step| matches!(step, Step::Variant(_))) {
            fact.weaken(through);
        }
    });
}

/// These, and what their targets point at, and so on.
fn reach(facts: &[Fact], memory: &Memory) -> Vec<Fact> {
    let mut reached = facts.to_vec();
    let mut seen = BTreeSet::new();
    let mut at = 0;
    while at < reached.len() && reached.len() < REACHED {
        let target = reached[at].target;
        if seen.insert(target) {
            reached.extend_from_slice(memory.facts(target));
        }
        at += 1;
    }
    reached
}
