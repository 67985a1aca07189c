//! From what the units say to one [`Machine`] for each coroutine.

use std::cell::RefCell;
use std::collections::BTreeMap;

use pinsight_machine::{Evidence, Location, Machine, Role, Slot, State, StateKind, Why};

use super::children::Children;
use super::coroutine_names::CoroutineName;
use super::debug_info::{DebugInfo, FileTable};
use super::paths;
use super::poll_functions::PollFunctions;
use super::raw::{FoundCoroutine, RawCoroutine, RawLayout, RawPollFunction, RawVariant, qualified};
use super::repair::{self, Member, Surroundings};
use super::types::{Shape, Types};
use super::{walk_coroutine, walk_variables};
use crate::gaps::Gaps;

pub(crate) struct Assembler<'s, 'i, 'a> {
    info: &'i DebugInfo<'a>,
    types: &'s Types<'i, 'a>,
    children: Children<'s, 'i, 'a>,
    poll_functions: &'s PollFunctions<'a>,
    tables: RefCell<BTreeMap<usize, Option<FileTable<'i, 'a>>>>,
    files: RefCell<BTreeMap<(usize, u64), Option<String>>>,
}

impl<'s, 'i, 'a> Assembler<'s, 'i, 'a> {
    pub(crate) fn new(
        info: &'i DebugInfo<'a>,
        types: &'s Types<'i, 'a>,
        poll_functions: &'s PollFunctions<'a>,
    ) -> Self {
        let children = Children::new(types);
        Assembler { info, types, children, poll_functions, tables: RefCell::default(), files: RefCell::default() }
    }

    /// `None`, and a gap, if the entry is not of the shape that the compiler gives coroutines.
    pub(crate) fn machine(&self, found: &FoundCoroutine<'a>, gaps: &mut Gaps) -> Option<Machine> {
        let name = CoroutineName::parse(found.name)?;
        let unknown = |what: &str, gaps: &mut Gaps| gaps.add(what, "");
        let raw = self.types.unit(found.unit).and_then(|reader| walk_coroutine::read(&reader, found.offset).ok());
        let Some(raw) = raw.filter(|raw| raw.unknown == 0 && !raw.variants.is_empty()) else {
            unknown("coroutine of an unknown shape", gaps);
            return None;
        };
        let raw = &raw;
        let poll_name = qualified(&found.namespaces, &CoroutineName::poll_function(found.name));
        let found_poll_function = self.poll_functions.get(&poll_name, found.line);
        let poll_function = found_poll_function.and_then(|function| {
            let reader = self.types.unit(function.unit)?;
            walk_variables::read(&reader, function).ok()
        });
        let poll_function = poll_function.as_ref();
        let mut states = Vec::with_capacity(raw.variants.len());
        let layout = |variant: &RawVariant| raw.layouts.iter().find(|layout| Some(layout.entry) == variant.layout);
        let unresumed = raw.variants.iter().filter_map(layout).find(|layout| layout.name == "Unresumed");
        for variant in &raw.variants {
            let Some(layout) = layout(variant) else {
                unknown("variant of a coroutine without a struct", gaps);
                return None;
            };
            states.push(self.state(raw, variant, layout, unresumed, poll_function, gaps)?);
        }
        states.sort_by_key(|state| state.discriminant);
        let linkage_name = found_poll_function.and_then(|function| function.linkage_name);
        let discriminant = raw.discriminant.and_then(|(offset, entry)| Some((offset, self.types.facts(entry).size?)));
        Some(Machine {
            id: qualified(&found.namespaces, found.name).into(),
            path: paths::human_path(&found.namespaces, name, linkage_name).into(),
            type_arguments: paths::split_arguments(name.arguments)
                .into_iter()
                .map(Into::into)
                .collect::<Vec<_>>()
                .into(),
            location: states
                .iter()
                .find(|state| state.kind == StateKind::Unresumed)
                .and_then(|state| state.location.clone()),
            size: raw.size,
            align: raw.align,
            discriminant,
            states: states.into(),
            ..Machine::new(name.kind)
        })
    }

    fn state(
        &self,
        raw: &RawCoroutine<'a>,
        variant: &RawVariant,
        layout: &RawLayout<'a>,
        unresumed: Option<&RawLayout<'a>>,
        poll_function: Option<&RawPollFunction<'a>>,
        gaps: &mut Gaps,
    ) -> Option<State> {
        let kind = match layout.name {
            "Unresumed" => StateKind::Unresumed,
            "Returned" => StateKind::Returned,
            "Panicked" => StateKind::Panicked,
            name => match name.strip_prefix("Suspend").and_then(|number| number.parse().ok()) {
                Some(number) => StateKind::Suspended(number),
                None => {
                    gaps.add("state of an unknown name", "");
                    return None;
                }
            },
        };
        let captured = unresumed.map(|layout| layout.members.as_slice()).unwrap_or_default();
        let surroundings = Surroundings { captured, poll_function, line: variant.line };
        let Some(members) = repair::members(layout, &surroundings, self.types) else {
            gaps.add("state that does not end with what was captured", "");
            return None;
        };
        let file = poll_function.map(|function| function.unit);
        let slots: Vec<Slot> = members.iter().map(|member| self.slot(raw, member, file)).collect();
        Some(State {
            kind,
            discriminant: variant.discriminant,
            location: self.location(raw.unit, variant.file, variant.line),
            awaited: None,
            slots: slots.into(),
        })
    }

    fn slot(&self, raw: &RawCoroutine<'a>, member: &Member<'a>, variables_unit: Option<usize>) -> Slot {
        let facts = member.facts.type_entry.map(|entry| self.types.facts(entry));
        // A function item has no bytes, and is described as a pointer; its alignment gives it away.
        let is_function_item = member.facts.align == Some(1)
            && facts.as_ref().is_some_and(|facts| matches!(facts.shape, Shape::Pointer(_)) && facts.size > Some(1));
        let size = if is_function_item { Some(0) } else { facts.as_ref().and_then(|facts| facts.size) };
        let reasons = match member.role {
            Role::Argument => vec![Why::Captured.into()],
            Role::Awaitee => vec![Why::Awaited.into()],
            _ => Vec::new(),
        };
        let child = member.facts.type_entry.and_then(|entry| match member.role {
            Role::Awaitee => Some(self.children.awaited(entry)),
            _ => self.children.inside(entry),
        });
        let declared = member.variable.and_then(|variable| {
            let (file, unit) = (variable.file?, variables_unit.unwrap_or(raw.unit));
            self.location(unit, Some(file), variable.line)
        });
        Slot {
            type_name: facts.as_ref().map(|facts| facts.name.clone().into()),
            size,
            align: member.facts.align,
            offset: if member.evidence == Evidence::Lost { None } else { member.facts.offset },
            evidence: member.evidence,
            declared,
            reasons: reasons.into(),
            child,
            ..Slot::new(member.name.to_owned().into(), member.role)
        }
    }

    fn location(&self, unit: usize, file: Option<u64>, line: Option<u32>) -> Option<Location> {
        let (file, line) = (file?, line?);
        let mut files = self.files.borrow_mut();
        let path = files.entry((unit, file)).or_insert_with(|| self.path(unit, file));
        Some(Location { file: path.clone()?.into(), line, column: None })
    }
    fn path(&self, unit: usize, file: u64) -> Option<String> {
        let mut tables = self.tables.borrow_mut();
        let table = tables.entry(unit).or_insert_with(|| self.info.files(unit));
        Some(table.as_ref()?.path(file)?.to_string_lossy().into_owned())
    }
}
