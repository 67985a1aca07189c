//! Compares machines with what the flag says, type by type.

use std::collections::BTreeMap;
use std::fmt;

use pinsight_machine::{Evidence, Machine, MachineKind, Role, Slot, StateKind};

use crate::print_type_sizes::{SizedType, SizedVariant, UNNAMED};

#[derive(Debug, Default)]
pub(crate) struct Comparison {
    /// Coroutine types that the flag printed and the program has.
    pub(crate) both: usize,
    pub(crate) equal: usize,
    /// Coroutine types that the flag printed, of which the program has no machine of that name.
    pub(crate) only_flag: Vec<String>,
    pub(crate) only_program: usize,
    pub(crate) slots: usize,
    pub(crate) lost: usize,
    pub(crate) differences: Vec<String>,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison { both, equal, only_flag, only_program, slots, lost, .. } = self;
        let only_flag = only_flag.len();
        let percent = 100.0 * *lost as f64 / (*slots).max(1) as f64;
        write!(
            f,
            "{equal} of {both} types agree; only the flag knows {only_flag}, only the program {only_program}; \
             {lost} of {slots} slots are lost ({percent:.2} %)"
        )
    }
}

/// Types and machines are grouped by what both say of the name: the function's own name, or the place of a block. Each of
/// the flag's types, one for each instance, has to be found among the machines of its group.
pub(crate) fn compare(machines: &[Machine], sizes: &[SizedType]) -> Comparison {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut result = Comparison::default();
    for (index, machine) in machines.iter().enumerate() {
        for key in keys_of_machine(machine) {
            groups.entry(key).or_default().push(index);
        }
        for slot in machine.states.iter().flat_map(|state| state.slots.iter()) {
            result.slots += 1;
            result.lost += usize::from(slot.evidence == Evidence::Lost);
        }
    }
    let shapes: Vec<_> = machines.iter().map(|machine| (machine.size.unwrap_or(0), variants(machine))).collect();
    let mut found = vec![false; machines.len()];
    for one in sizes {
        let group = groups.get(&key_of_type(&one.name)).map(Vec::as_slice).unwrap_or_default();
        let is_equal = |index: &&usize| shapes[**index].0 == one.size && shapes[**index].1 == one.variants;
        if let Some(index) = group.iter().find(is_equal) {
            result.both += 1;
            result.equal += 1;
            found[*index] = true;
            continue;
        }
        // An instance that was laid out for the flag and never compiled has no machine; one of the same size has.
        let near =
            group.iter().find(|index| shapes[**index].0 == one.size && same_owner(&machines[**index].path, &one.name));
        match near {
            Some(index) => {
                result.both += 1;
                found[*index] = true;
                result.differences.push(describe(one, &machines[*index], &shapes[*index].1));
            }
            None => result.only_flag.push(one.name.clone()),
        }
    }
    result.only_program = found.iter().filter(|found| !**found).count();
    result
}

fn variants(machine: &Machine) -> Vec<SizedVariant> {
    let mut variants: Vec<SizedVariant> = machine
        .states
        .iter()
        .map(|state| {
            let mut fields: Vec<_> = state
                .slots
                .iter()
                .filter(|slot| slot.size != Some(0))
                .map(|slot| (flag_name(slot), slot.offset.unwrap_or(u64::MAX), slot.size.unwrap_or(u64::MAX)))
                .collect();
            fields.sort_by(|a, b| (a.1, a.2, &a.0).cmp(&(b.1, b.2, &b.0)));
            SizedVariant { name: state.kind.to_string(), fields }
        })
        .collect();
    variants.sort();
    variants
}

/// The flag numbers values without a name over the whole machine; debug info, over the state. The number is left out.
fn flag_name(slot: &Slot) -> String {
    match slot.role {
        Role::Temporary | Role::DropFlag => UNNAMED.to_owned(),
        _ => slot.name.clone().into_owned(),
    }
}

/// Methods of one name are told apart by the name of their type, where both have one.
fn same_owner(path: &str, type_name: &str) -> bool {
    fn owner(path: &str) -> Option<&str> {
        let (before, _) = path.rsplit_once("::")?;
        let before = before.split('<').next().unwrap_or(before);
        let owner = before.rsplit("::").next().unwrap_or(before);
        owner.starts_with(|first: char| first.is_ascii_uppercase()).then_some(owner)
    }
    let printed = type_name.strip_prefix("{async fn body of ").unwrap_or(type_name);
    match (owner(path), owner(printed)) {
        (Some(ours), Some(theirs)) => ours == theirs,
        _ => true,
    }
}

/// A block is called by its place, or, in a generic function, by the function.
fn keys_of_machine(machine: &Machine) -> Vec<String> {
    let mut segments = machine.path.rsplit("::").skip_while(|segment| segment.starts_with('{'));
    let function = segments.next().unwrap_or_default();
    if machine.kind == MachineKind::AsyncFn {
        return vec![format!("fn {function}")];
    }
    let location = machine.state(StateKind::Unresumed).and_then(|state| state.location.as_ref());
    let (file, line) = location.map_or(("", 0), |location| (&*location.file, location.line));
    let file = file.rsplit('/').next().unwrap_or_default();
    vec![format!("{} {file}:{line}", machine.kind), format!("{} in {function}", machine.kind)]
}

fn key_of_type(name: &str) -> String {
    if let Some(path) = name.strip_prefix("{async fn body of ") {
        let path = path.strip_suffix("()}").unwrap_or(path);
        return format!("fn {}", function_name(path));
    }
    let kind = if name.starts_with("{async block@") { "async block" } else { "async closure" };
    let location = name.split_once('@').map_or("", |(_, location)| location);
    if let Some(path) = location.strip_suffix("}}") {
        let path = path.trim_end_matches(|last: char| last.is_ascii_digit());
        let mut path = path.strip_suffix("::{closure#").unwrap_or(path);
        while let Some((outer, _)) = path.rsplit_once("::{closure#").filter(|(_, inner)| inner.len() < 4) {
            path = outer;
        }
        return format!("{kind} in {}", function_name(path));
    }
    // `src/main.rs:9:106: 9:116}`
    let mut parts = location.split(':');
    let (file, line) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    format!("{kind} {}:{line}", file.rsplit('/').next().unwrap_or_default())
}

/// `go` of `<S as T>::go`, `gene` of `a::gene<std::string::String>`.
fn function_name(path: &str) -> &str {
    let (mut depth, mut start, mut end) = (0u32, 0, path.len());
    let bytes = path.as_bytes();
    for (index, byte) in bytes.iter().enumerate() {
        match byte {
            b'<' => {
                if depth == 0 && index > start {
                    end = index;
                }
                depth += 1;
            }
            b'>' if index > 0 && bytes[index - 1] != b'-' => depth = depth.saturating_sub(1),
            b':' if depth == 0 && bytes.get(index + 1) == Some(&b':') => (start, end) = (index + 2, path.len()),
            _ => {}
        }
    }
    path.get(start..end).unwrap_or(path)
}

fn describe(one: &SizedType, machine: &Machine, variants: &[SizedVariant]) -> String {
    let mut text = format!("{} ({} bytes) against {}\n", one.name, one.size, machine.full_name());
    for (flag, ours) in one.variants.iter().zip(variants).filter(|(flag, ours)| flag != ours) {
        text += &format!("  flag {}: {:?}\n  ours {}: {:?}\n", flag.name, flag.fields, ours.name, ours.fields);
    }
    if one.variants.len() != variants.len() {
        text += &format!("  the flag has {} states, we {}\n", one.variants.len(), variants.len());
    }
    text
}
