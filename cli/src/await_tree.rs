//! The futures inside of a machine, each with those inside of it.

use pinsight_layout::Program;
use pinsight_machine::{Child, ChildKind, Machine};
use serde::Serialize;

/// A future in a tree.
#[derive(Debug, Serialize)]
pub(crate) struct Node {
    /// The path of a machine, or the type of a future that was written by hand.
    pub(crate) name: String,
    /// The states of the parent in which it is awaited.
    pub(crate) awaited_in: Option<String>,
    pub(crate) size: Option<u64>,
    /// What its largest child by value leaves: its own part of the bytes.
    pub(crate) own: Option<u64>,
    pub(crate) place: Option<String>,
    /// Why there is nothing below it that could be expected there, or that it is not part of the parent's bytes.
    pub(crate) note: Option<&'static str>,
    /// Whether it is the child that makes its parent as large as it is.
    pub(crate) is_on_largest_path: bool,
    /// Whether it is in the parent by value, and not behind a pointer.
    pub(crate) is_inline: bool,
    pub(crate) children: Vec<Node>,
}

/// An async call tree that is this deep calls itself, through boxes.
const DEEPEST: usize = 64;

/// More than anyone reads: what is left out is said to be.
const MOST: usize = 2000;

pub(crate) fn of(machine: &Machine, program: &Program) -> Node {
    let mut builder = Builder { program, path: Vec::new(), count: 0 };
    let mut node = builder.machine(machine);
    mark_largest(&mut node);
    node
}

struct Builder<'p> {
    program: &'p Program,
    /// The machines above, so that one that awaits itself is not followed for ever.
    path: Vec<String>,
    count: usize,
}

impl Builder<'_> {
    fn machine(&mut self, machine: &Machine) -> Node {
        let mut node = Node {
            name: machine.full_name().to_string(),
            awaited_in: None,
            size: machine.size,
            own: machine.size,
            place: machine.place.as_ref().map(ToString::to_string),
            note: None,
            is_on_largest_path: false,
            is_inline: true,
            children: Vec::new(),
        };
        if self.path.iter().any(|id| *id == machine.id) {
            node.note = Some("awaits itself");
            return node;
        }
        if self.path.len() >= DEEPEST || self.count > MOST {
            node.note = Some("left out: the tree is too large");
            return node;
        }
        self.path.push(machine.id.to_string());
        // The same child may be awaited in several states, such as in a loop.
        let mut seen: Vec<(&Child, Vec<String>)> = Vec::new();
        for state in machine.suspend_states() {
            let Some(child) = state.awaitee().and_then(|slot| slot.child.as_ref()) else { continue };
            match seen.iter_mut().find(|(known, _)| *known == child) {
                Some((_, states)) => states.push(state.kind.to_string()),
                None => seen.push((child, vec![state.kind.to_string()])),
            }
        }
        for (child, states) in seen {
            let mut child = self.child(child);
            child.awaited_in = Some(states.join(", "));
            node.children.push(child);
        }
        self.path.pop();
        node.settle();
        node
    }

    fn child(&mut self, child: &Child) -> Node {
        self.count += 1;
        if child.kind == ChildKind::Boxed {
            // What is in the box is the only child.
            let mut node = match child.children.first() {
                Some(inner) => self.child(inner),
                None => self.leaf(child),
            };
            node.is_inline = false;
            node.note = node.note.or(Some("in a box"));
            return node;
        }
        if let Some(machine) = child.machine.as_deref().and_then(|id| self.program.machine(id)) {
            return self.machine(machine);
        }
        let mut node = self.leaf(child);
        if self.count <= MOST {
            node.children = child.children.iter().map(|child| self.child(child)).collect();
        }
        node.settle();
        node
    }

    fn leaf(&self, child: &Child) -> Node {
        let (note, is_inline) = match child.kind {
            ChildKind::Dyn => (Some("which one is only known when it runs"), false),
            _ => (None, true),
        };
        Node {
            name: child.type_name.to_string(),
            awaited_in: None,
            size: child.size,
            own: child.size,
            place: None,
            note,
            is_on_largest_path: false,
            is_inline,
            children: Vec::new(),
        }
    }
}

impl Node {
    fn settle(&mut self) {
        let largest = self.children.iter().filter(|child| child.is_inline).filter_map(|child| child.size).max();
        self.own = self.size.map(|size| size.saturating_sub(largest.unwrap_or(0)));
    }
}

fn mark_largest(node: &mut Node) {
    node.is_on_largest_path = true;
    if let Some(largest) = node.children.iter_mut().filter(|child| child.is_inline).max_by_key(|child| child.size) {
        mark_largest(largest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pinsight_machine::{MachineKind, Role, Slot, State, StateKind};

    fn child(id: &'static str, size: u64) -> Child {
        let kind = ChildKind::Coroutine;
        Child { kind, type_name: id.into(), machine: Some(id.into()), size: Some(size), children: Vec::new().into() }
    }

    fn machine(id: &'static str, size: u64, children: &[Child]) -> Machine {
        let states: Vec<State> = children
            .iter()
            .enumerate()
            .map(|(number, child)| {
                let slot = Slot { child: Some(child.clone()), ..Slot::new("__awaitee".into(), Role::Awaitee) };
                State { slots: vec![slot].into(), ..State::new(StateKind::Suspended(number as u32)) }
            })
            .collect();
        Machine {
            id: id.into(),
            path: id.into(),
            size: Some(size),
            states: states.into(),
            ..Machine::new(MachineKind::AsyncFn)
        }
    }

    fn boxed(inner: Child) -> Child {
        Child { kind: ChildKind::Boxed, children: vec![inner.clone()].into(), ..inner }
    }

    #[test]
    fn each_adds_what_its_largest_child_leaves() {
        let machines =
            vec![machine("a", 100, &[child("b", 60), child("c", 90)]), machine("b", 60, &[]), machine("c", 90, &[])];
        let program = Program { machines, gaps: Vec::new() };
        let tree = of(&program.machines[0], &program);
        assert_eq!(tree.own, Some(10));
        let marked: Vec<bool> = tree.children.iter().map(|child| child.is_on_largest_path).collect();
        assert_eq!(marked, [false, true]);
    }

    #[test]
    fn the_same_child_is_shown_once_with_its_states() {
        let program = Program {
            machines: vec![machine("a", 9, &[child("b", 8), child("b", 8)]), machine("b", 8, &[])],
            gaps: Vec::new(),
        };
        let tree = of(&program.machines[0], &program);
        assert_eq!(tree.children.len(), 1);
        assert_eq!(tree.children[0].awaited_in.as_deref(), Some("Suspend0, Suspend1"));
    }

    #[test]
    fn a_machine_that_awaits_itself_ends_there() {
        let program = Program { machines: vec![machine("a", 16, &[boxed(child("a", 16))])], gaps: Vec::new() };
        let tree = of(&program.machines[0], &program);
        assert_eq!(tree.own, Some(16));
        assert_eq!(tree.children[0].note, Some("awaits itself"));
        assert!(tree.children[0].children.is_empty());
    }
}
