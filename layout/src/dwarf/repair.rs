//! Undoes the folding of members. Where two values that one state stores share a name, LLVM keeps one description for both,
//! so that the debug info gives the second the type and the offset of the first. A repeated name is a sure sign of it.
//!
//! The true facts of a captured argument stand in the state Unresumed, and those of a local at the variable of the poll
//! function, if that was compiled without optimisation. Where neither helps, the value is lost, and said to be.

use std::collections::BTreeSet;

use pinsight_machine::{Evidence, Role};

use super::raw::{RawLayout, RawMember, RawPollFunction, RawVariable};
use super::types::Types;

/// A member as it really is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: Role,
    pub(crate) evidence: Evidence,
    /// With no type and no offset if it is lost.
    pub(crate) facts: RawMember<'a>,
    /// The variable of the poll function that is stored there.
    pub(crate) variable: Option<RawVariable<'a>>,
}

/// What is known of the machine beside the one state.
pub(crate) struct Surroundings<'r, 'a> {
    pub(crate) captured: &'r [RawMember<'a>],
    pub(crate) poll_function: Option<&'r RawPollFunction<'a>>,
    /// The line of the state's `.await`.
    pub(crate) line: Option<u32>,
}

/// The members of one state. `None` if what the machine captured is not at their end, as it should be.
pub(crate) fn members<'a>(
    layout: &RawLayout<'a>,
    surroundings: &Surroundings<'_, 'a>,
    types: &Types<'_, 'a>,
) -> Option<Vec<Member<'a>>> {
    let all = &layout.members;
    let locals = all.len().checked_sub(surroundings.captured.len())?;
    if all[locals..].iter().zip(surroundings.captured).any(|(member, captured)| member.name != captured.name) {
        return None;
    }
    let mut members = Vec::with_capacity(all.len());
    let mut seen = BTreeSet::new();
    for (index, member) in all.iter().enumerate() {
        let is_folded = !seen.insert(member.name);
        let (facts, role, evidence) = if index < locals {
            let evidence = if is_folded { Evidence::Lost } else { Evidence::Recorded };
            (*member, local_role(member, types), evidence)
        } else {
            let captured = surroundings.captured[index - locals];
            let is_lost = surroundings.captured[..index - locals].iter().any(|earlier| earlier.name == captured.name);
            let evidence = match (is_lost, is_folded) {
                (true, _) => Evidence::Lost,
                (false, true) => Evidence::RepairedFromUnresumed,
                (false, false) => Evidence::Recorded,
            };
            (captured, Role::Argument, evidence)
        };
        members.push(Member { name: member.name, role, evidence, facts, variable: None });
    }
    let live = surroundings.poll_function.map(|function| LiveVariables::new(function, &members, surroundings.line));
    for member in members.iter_mut().filter(|member| member.evidence == Evidence::Lost) {
        member.facts = RawMember { type_entry: None, align: None, offset: None, ..member.facts };
    }
    if let Some(live) = &live {
        find_lost(&mut members, live, types);
        for member in members.iter_mut().filter(|member| member.role != Role::Argument && member.variable.is_none()) {
            member.variable = live.variable_at(member);
        }
    }
    Some(members)
}

fn local_role(member: &RawMember<'_>, types: &Types<'_, '_>) -> Role {
    match member.name.strip_prefix("__") {
        Some("awaitee") => Role::Awaitee,
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            let is_bool = member.type_entry.is_some_and(|entry| types.facts(entry).name == "bool");
            if is_bool { Role::DropFlag } else { Role::Temporary }
        }
        _ => Role::Local,
    }
}

/// The variables of the poll function that may be alive at one suspend point.
struct LiveVariables<'r, 'a> {
    in_scope: Vec<&'r RawVariable<'a>>,
    /// Whatever their scope: what `pin!` declares lives on when its own scope has ended.
    declared: Vec<&'r RawVariable<'a>>,
}

impl<'r, 'a> LiveVariables<'r, 'a> {
    /// The scope of the suspend point is that of its awaitee, which is a variable too. If that can't be told, all scopes are
    /// taken, and what has several answers stays lost.
    fn new(function: &'r RawPollFunction<'a>, members: &[Member<'a>], line: Option<u32>) -> Self {
        let innermost = Self::suspend_scope(function, members, line);
        let live = innermost.map(|innermost| {
            let mut live = BTreeSet::from([innermost]);
            let mut scope = innermost;
            while let Some(outer) = function.scopes.get(scope as usize).filter(|outer| **outer < scope) {
                scope = *outer;
                live.insert(scope);
            }
            live
        });
        // A variable of a later line is not alive yet, whatever its scope.
        let declared: Vec<&RawVariable<'a>> =
            function.variables.iter().filter(|variable| variable.line.is_none() || variable.line <= line).collect();
        let in_scope = match live {
            Some(live) => function.variables.iter().filter(|variable| live.contains(&variable.scope)).collect(),
            None => declared.clone(),
        };
        LiveVariables { in_scope, declared }
    }

    /// The scope of the state's awaitee. It is declared on the line on which the awaited expression begins, which may be
    /// before that of the `.await`; of several with the same place the nearest before it is the one.
    fn suspend_scope(function: &RawPollFunction<'a>, members: &[Member<'a>], line: Option<u32>) -> Option<u32> {
        let awaitee = members.iter().find(|member| member.role == Role::Awaitee)?;
        let mut variables: Vec<&RawVariable<'_>> = function
            .variables
            .iter()
            .filter(|variable| variable.name == "__awaitee")
            .filter(|variable| variable.offset.is_some() && variable.offset == awaitee.facts.offset)
            .collect();
        if variables.len() > 1 {
            let nearest =
                variables.iter().filter_map(|variable| variable.line).filter(|declared| Some(*declared) <= line).max();
            variables.retain(|variable| variable.line == nearest);
        }
        match variables[..] {
            [only] => Some(only.scope),
            _ => None,
        }
    }

    fn variable_at(&self, member: &Member<'a>) -> Option<RawVariable<'a>> {
        let mut there = self.declared.iter().filter(|variable| {
            variable.name == member.name && variable.offset.is_some() && variable.offset == member.facts.offset
        });
        let variable = there.next()?;
        there.all(|other| other.line == variable.line).then_some(**variable)
    }
}

/// Gives lost locals the variables of their name that no other member accounts for. Only if there are exactly as many: then
/// both are in the order of their declaration.
fn find_lost<'a>(members: &mut [Member<'a>], live: &LiveVariables<'_, 'a>, types: &Types<'_, 'a>) {
    let names: BTreeSet<&str> = members
        .iter()
        .filter(|member| member.evidence == Evidence::Lost && member.role != Role::Argument)
        .map(|member| member.name)
        .collect();
    for name in names {
        let bytes = |offset: Option<u64>, entry| Some((offset?, types.facts(entry?).size?));
        let taken: Vec<(u64, u64)> =
            members.iter().filter_map(|member| bytes(member.facts.offset, member.facts.type_entry)).collect();
        let free = |variables: &[&RawVariable<'a>]| {
            let mut candidates: Vec<RawVariable<'a>> = Vec::new();
            for variable in variables.iter().filter(|variable| variable.name == name) {
                let Some((offset, size)) = bytes(variable.offset, variable.type_entry) else { continue };
                let is_taken = taken.iter().any(|(start, length)| {
                    (*start < offset + size && offset < start + length) || (*start == offset && *length == size)
                });
                if !is_taken && candidates.iter().all(|other| other.offset != variable.offset) {
                    candidates.push(**variable);
                }
            }
            candidates
        };
        let lost = |member: &&mut Member<'_>| {
            member.name == name && member.evidence == Evidence::Lost && member.role != Role::Argument
        };
        let count = members.iter_mut().filter(lost).count();
        let candidates = [&live.in_scope, &live.declared]
            .into_iter()
            .map(|variables| free(variables))
            .find(|free| free.len() == count);
        let Some(mut candidates) = candidates else { continue };
        // Members are in the order of their declaration; so are lines, where scopes are not nested.
        candidates.sort_by_key(|variable| variable.line);
        for (member, variable) in members.iter_mut().filter(lost).zip(candidates) {
            member.facts.type_entry = variable.type_entry;
            member.facts.offset = variable.offset;
            // The alignment that a variable records is that of its type.
            member.facts.align = variable.align;
            member.evidence = Evidence::RepairedFromVariable;
            member.variable = Some(variable);
        }
    }
}
