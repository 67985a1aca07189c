use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use pinsight_machine::views::short_type_name;
use pinsight_machine::{Child, ChildKind, Machine, Role, Slot};

use super::node::{At, End, Node, Relation};

/// Whether a machine that is met again is shown with all its children again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    /// Its children are only shown where it is met first.
    Once,
    /// Its children are shown each time.
    Full,
}

/// Real trees are less deep.
const DEEPEST: usize = 200;

/// With [`Repeats::Full`] a tree can double with each level.
const MOST: usize = 10_000;

/// The tree below the machine with that [`Machine::id`], if it is one of `machines`.
pub(crate) fn tree(machines: &[Machine], id: &str, repeats: Repeats) -> Option<Node> {
    let by_id: BTreeMap<&str, &Machine> = machines.iter().map(|machine| (machine.id.as_ref(), machine)).collect();
    let machine = by_id.get(id)?;
    let mut builder = Builder { by_id: &by_id, repeats, above: Vec::new(), met: BTreeSet::new(), nodes: 0 };
    let mut root = builder.machine(machine, id);
    mark_largest(&mut root);
    Some(root)
}

struct Builder<'a, 'm> {
    by_id: &'a BTreeMap<&'m str, &'m Machine>,
    repeats: Repeats,
    /// The machines from the root to here.
    above: Vec<&'m str>,
    met: BTreeSet<&'m str>,
    nodes: usize,
}

/// A future that a machine stores while it waits, in all the states in which it does.
struct Edge<'m> {
    relation: Relation,
    slot: &'m Slot,
    child: &'m Child,
    states: Vec<At>,
}

impl<'m> Builder<'_, 'm> {
    fn machine(&mut self, machine: &'m Machine, id: &'m str) -> Node {
        let mut node = self.leaf(name(machine), &machine.kind.to_string(), machine.size);
        node.machine = Some(id.to_owned());
        node.location = machine.location.clone();
        if self.above.contains(&id) {
            node.end = Some(End::Recursive);
            return node;
        }
        let edges = edges(machine);
        node.end = match () {
            () if edges.is_empty() => None,
            () if self.repeats == Repeats::Once && self.met.contains(id) => Some(End::Repeated),
            () if self.above.len() >= DEEPEST || self.nodes >= MOST => Some(End::TooLarge),
            () => None,
        };
        if node.end.is_some() {
            return node;
        }
        self.met.insert(id);
        self.above.push(id);
        for edge in edges {
            let mut child = self.child(edge.child, edge.relation);
            child.slot = Some(edge.slot.name.to_string());
            child.offset = edge.slot.offset.filter(|_| !child.boxed);
            child.states = edge.states;
            node.children.push(child);
        }
        self.above.pop();
        finish(node)
    }

    fn child(&mut self, child: &'m Child, relation: Relation) -> Node {
        let mut node = match child.kind {
            ChildKind::Coroutine => self.coroutine(child),
            ChildKind::HandWritten => {
                let mut node = self.leaf(short_type_name(&child.type_name), "hand-written", child.size);
                node.children = child.children.iter().map(|part| self.child(part, Relation::Part)).collect();
                finish(node)
            }
            ChildKind::Boxed => {
                let mut inner = match child.children.first() {
                    Some(inner) => self.child(inner, relation),
                    None => self.coroutine(child),
                };
                inner.boxed = true;
                inner
            }
            ChildKind::Dyn => {
                let mut node = self.leaf(short_type_name(&child.type_name), "dyn", None);
                (node.boxed, node.end) = (true, Some(End::RunTime));
                node
            }
        };
        node.relation = relation;
        node
    }

    fn coroutine(&mut self, child: &'m Child) -> Node {
        let id = child.machine.as_deref().unwrap_or(&child.type_name);
        if let Some(machine) = self.by_id.get(id) {
            return self.machine(machine, id);
        }
        let mut node = self.leaf(short_type_name(&child.type_name), "coroutine", child.size);
        (node.machine, node.end) = (child.machine.as_deref().map(str::to_owned), Some(End::Unknown));
        node
    }

    fn leaf(&mut self, name: String, kind: &str, size: Option<u64>) -> Node {
        self.nodes += 1;
        Node {
            name,
            machine: None,
            kind: kind.to_owned(),
            location: None,
            size,
            adds: size,
            relation: Relation::Root,
            boxed: false,
            states: Vec::new(),
            slot: None,
            offset: None,
            largest: false,
            end: None,
            children: Vec::new(),
        }
    }
}

/// The futures that a machine stores in its suspend states, in their order. One that is awaited and was stored before is only
/// shown as awaited.
fn edges(machine: &Machine) -> Vec<Edge<'_>> {
    let mut edges: Vec<Edge<'_>> = Vec::new();
    for state in machine.suspend_states() {
        for slot in state.slots.iter() {
            let Some(child) = &slot.child else { continue };
            let relation = if slot.role == Role::Awaitee { Relation::Awaited } else { Relation::Held };
            let at = At { state: state.kind.to_string(), location: state.location.clone() };
            match edges.iter_mut().find(|edge| edge.relation == relation && edge.child == child) {
                // An argument that is stored twice is in one state twice.
                Some(edge) if edge.states.last() == Some(&at) => {}
                Some(edge) => edge.states.push(at),
                None => edges.push(Edge { relation, slot, child, states: vec![at] }),
            }
        }
    }
    let awaited: Vec<&Child> =
        edges.iter().filter(|edge| edge.relation == Relation::Awaited).map(|edge| edge.child).collect();
    edges.retain(|edge| edge.relation == Relation::Awaited || !awaited.contains(&edge.child));
    edges
}

/// Orders the children, and computes what the node adds to the largest.
fn finish(mut node: Node) -> Node {
    node.children.sort_by_key(|child| Reverse(child.size));
    let largest = node.by_value().filter_map(|child| child.size).max().unwrap_or(0);
    // A child that is larger than its parent is wrong input, about which nothing is said.
    node.adds = node.size.and_then(|size| size.checked_sub(largest));
    node
}

fn mark_largest(node: &mut Node) {
    node.largest = true;
    // They are sorted by size.
    if let Some(child) = node.children.iter_mut().find(|child| !child.boxed) {
        mark_largest(child);
    }
}

/// The path with short type arguments.
fn name(machine: &Machine) -> String {
    let mut name = machine.path.to_string();
    if !machine.type_arguments.is_empty() {
        let arguments: Vec<String> = machine.type_arguments.iter().map(|argument| short_type_name(argument)).collect();
        name.push_str(&format!("<{}>", arguments.join(", ")));
    }
    name
}
