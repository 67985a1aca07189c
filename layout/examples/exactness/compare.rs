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
    pub(crate) only_flag: usize,
    pub(crate) only_program: usize,
    pub(crate) slots: usize,
    pub(crate) lost: usize,
    pub(crate) differences: Vec<String>,
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Comparison { both, equal, only_flag, only_program, slots, lost, .. } = self;
        let percent = 100.0 * *lost as f64 / (*slots).max(1) as f64;
        write!(
            f,
            "{equal} of {both} types agree; only the flag knows {only_flag}, only the program {only_program}; \
             {lost} of {slots} slots are lost ({percent:.2} %)"
        )
    }
}

/// Types and machines are grouped by what both say of the name: the function's own name, or line and columns of a block. In
/// a group the flag's types are those of all instances; each has to be found among the machines.
pub(crate) fn compare(machines: &[Machine], sizes: &[SizedType]) -> Comparison {
    let mut groups: BTreeMap<String, (Vec<&Machine>, Vec<&SizedType>)> = BTreeMap::new();
    let mut result = Comparison::default();
    for machine in machines {
        groups.entry(key_of_machine(machine)).or_default().0.push(machine);
        for slot in machine.states.iter().flat_map(|state| state.slots.iter()) {
            result.slots += 1;
            result.lost += usize::from(slot.evidence == Evidence::Lost);
        }
    }
    for one in sizes {
        groups.entry(key_of_type(&one.name)).or_default().1.push(one);
    }
    for (key, (machines, types)) in groups {
        if types.is_empty() || machines.is_empty() {
            result.only_program += machines.len();
            result.only_flag += types.len();
            continue;
        }
        let shapes: Vec<_> = machines.iter().map(|machine| (machine.size.unwrap_or(0), variants(machine))).collect();
        let mut found = vec![false; shapes.len()];
        for one in types {
            let equal = shapes.iter().position(|(size, variants)| *size == one.size && *variants == one.variants);
            if let Some(place) = equal {
                result.both += 1;
                result.equal += 1;
                found[place] = true;
                continue;
            }
            // An instance that was laid out for the flag and never compiled has no machine; one of the same size has.
            let near = shapes.iter().position(|(size, _)| *size == one.size);
            match near {
                Some(place) => {
                    result.both += 1;
                    result.differences.push(describe(&key, one, machines[place], &shapes[place].1));
                }
                None => result.only_flag += 1,
            }
        }
        result.only_program += found.iter().filter(|found| !**found).count();
    }
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

fn key_of_machine(machine: &Machine) -> String {
    match machine.kind {
        MachineKind::AsyncFn => {
            let name = machine.path.rsplit("::").next().unwrap_or_default();
            format!("fn {name}")
        }
        _ => {
            let place = machine.state(StateKind::Unresumed).and_then(|state| state.place.as_ref());
            let (file, line) = place.map_or(("", 0), |place| (&*place.file, place.line));
            format!("{} {}:{line}", machine.kind, file.rsplit('/').next().unwrap_or_default())
        }
    }
}

fn key_of_type(name: &str) -> String {
    if let Some(path) = name.strip_prefix("{async fn body of ") {
        let path = path.strip_suffix("()}").unwrap_or(path);
        return format!("fn {}", function_name(path));
    }
    let kind = if name.starts_with("{async block@") { "async block" } else { "async closure" };
    let place = name.split_once('@').map_or("", |(_, place)| place);
    // `src/main.rs:9:106: 9:116}`
    let mut parts = place.split(':');
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

fn describe(key: &str, one: &SizedType, machine: &Machine, variants: &[SizedVariant]) -> String {
    let mut text = format!("{key}: {} ({} bytes) against {}\n", one.name, one.size, machine.full_name());
    for (flag, ours) in one.variants.iter().zip(variants).filter(|(flag, ours)| flag != ours) {
        text += &format!("  flag {}: {:?}\n  ours {}: {:?}\n", flag.name, flag.fields, ours.name, ours.fields);
    }
    if one.variants.len() != variants.len() {
        text += &format!("  the flag has {} states, we {}\n", one.variants.len(), variants.len());
    }
    text
}
