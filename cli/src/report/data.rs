//! What the page's script draws from: the machines as JSON, with everything worked out that needs knowledge of the model. Each
//! text is in it once, since thousands of slots share their types; the script looks texts up by their number.

use std::collections::BTreeMap;

use pinsight_machine::views::words::{self, plain};
use pinsight_machine::views::{ShortNames, short_type_name};
use pinsight_machine::{Certainty, Child, ChildKind, Machine, Role, SegmentKind, Slot, State, StateKind};
use serde::Serialize;

/// The number of a text.
type TextId = usize;

#[derive(Serialize)]
pub(super) struct Data {
    texts: Vec<String>,
    machines: Vec<PageMachine>,
}

#[derive(Serialize)]
struct PageMachine {
    /// With the type arguments.
    name: TextId,
    path: TextId,
    kind: TextId,
    location: Option<TextId>,
    size: Option<u64>,
    align: Option<u64>,
    /// Offset and size.
    discriminant: Option<(u64, u64)>,
    states: Vec<PageState>,
    remarks: Vec<TextId>,
}

#[derive(Serialize)]
struct PageState {
    name: String,
    number: Option<u64>,
    location: Option<TextId>,
    /// `Returned` or `Panicked`, and only has the places of what was captured.
    quiet: bool,
    slots: Vec<PageSlot>,
    /// The byte map: the size of each run and what it is, which is a slot's index, or one of the negative numbers below.
    bytes: Vec<(u64, i64)>,
}

const DISCRIMINANT: i64 = -1;
const OTHER_STATE: i64 = -2;
const PADDING: i64 = -3;

#[derive(Serialize)]
struct PageSlot {
    name: TextId,
    role: TextId,
    /// With full paths, and short.
    types: Option<(TextId, TextId)>,
    size: Option<u64>,
    offset: Option<u64>,
    /// The same for the same value in several states.
    value: usize,
    why: TextId,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<TextId>,
    /// The offset of the other one, for an argument that is stored twice.
    #[serde(skip_serializing_if = "Option::is_none")]
    twice: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    points: Vec<PagePoint>,
    #[serde(skip_serializing_if = "Option::is_none")]
    child: Option<PageChild>,
}

#[derive(Serialize)]
struct PagePoint {
    to: usize,
    certain: bool,
    text: TextId,
}

#[derive(Serialize)]
struct PageChild {
    types: (TextId, TextId),
    kind: &'static str,
    size: Option<u64>,
    /// The index of its machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    machine: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<PageChild>,
}

impl Data {
    /// The script finds the machine of the table's n-th row as the n-th.
    pub(super) fn new(machines: &[&Machine], root: &str) -> Data {
        let indices = machines.iter().enumerate().map(|(index, machine)| (machine.id.to_string(), index)).collect();
        let mut writer = Writer { texts: Vec::new(), known: BTreeMap::new(), indices, root };
        let machines = machines.iter().map(|machine| writer.machine(machine)).collect();
        Data { texts: writer.texts, machines }
    }
}

struct Writer<'a> {
    texts: Vec<String>,
    known: BTreeMap<String, TextId>,
    /// The machines by their ids.
    indices: BTreeMap<String, usize>,
    root: &'a str,
}

impl Writer<'_> {
    fn text(&mut self, text: &str) -> TextId {
        if let Some(&id) = self.known.get(text) {
            return id;
        }
        self.texts.push(text.to_owned());
        self.known.insert(text.to_owned(), self.texts.len() - 1);
        self.texts.len() - 1
    }

    fn machine(&mut self, machine: &Machine) -> PageMachine {
        let names = ShortNames::of(machine);
        let mut values = Vec::new();
        PageMachine {
            name: self.text(&machine.full_name().to_string()),
            path: self.text(&machine.path),
            kind: self.text(&machine.kind.to_string()),
            location: machine.location.as_ref().map(|location| self.text(&location.shown(self.root).to_string())),
            size: machine.size,
            align: machine.align,
            discriminant: machine.discriminant,
            states: machine.states.iter().map(|state| self.state(machine, state, &names, &mut values)).collect(),
            remarks: machine.remarks.iter().map(|remark| self.text(remark)).collect(),
        }
    }

    fn state<'m>(
        &mut self,
        machine: &'m Machine,
        state: &'m State,
        names: &ShortNames,
        values: &mut Vec<&'m Slot>,
    ) -> PageState {
        let mut slots: Vec<PageSlot> = state.slots.iter().map(|slot| self.slot(state, slot, names, values)).collect();
        for twice in state.stored_twice() {
            slots[twice.captured].twice = state.slots[twice.local].offset;
            slots[twice.local].twice = state.slots[twice.captured].offset;
        }
        let bytes = machine.known_byte_map(state).into_iter().map(|segment| {
            let kind = match segment.kind {
                SegmentKind::Slot(index) => index as i64,
                SegmentKind::Discriminant => DISCRIMINANT,
                SegmentKind::OtherState => OTHER_STATE,
                SegmentKind::Padding => PADDING,
            };
            (segment.size, kind)
        });
        PageState {
            name: state.kind.to_string(),
            number: state.discriminant,
            location: state.location.as_ref().map(|location| self.text(&location.shown(self.root).to_string())),
            quiet: is_quiet(machine, state),
            slots,
            bytes: bytes.collect(),
        }
    }

    fn slot<'m>(&mut self, state: &State, slot: &'m Slot, names: &ShortNames, values: &mut Vec<&'m Slot>) -> PageSlot {
        let value = values.iter().position(|value| value.is_same_value(slot)).unwrap_or_else(|| {
            values.push(slot);
            values.len() - 1
        });
        let points = slot.points_at.iter().map(|points_at| PagePoint {
            to: points_at.slot,
            certain: points_at.certainty == Certainty::Certain,
            text: self.text(&plain(&words::points_at(state, points_at))),
        });
        PageSlot {
            points: points.collect(),
            name: self.text(&slot.name),
            role: self.text(class_of(slot.role)),
            types: slot.type_name.as_deref().map(|name| (self.text(name), self.text(&names.shorten(name)))),
            size: slot.size,
            offset: slot.offset,
            value,
            why: self.text(&words::reasons(slot).map_or("?".to_owned(), |reasons| plain(&reasons))),
            note: words::evidence(slot).map(|note| self.text(&plain(&note))),
            twice: None,
            child: slot.child.as_ref().map(|child| self.child(child)),
        }
    }

    fn child(&mut self, child: &Child) -> PageChild {
        let (kind, inner) = match (child.kind, child.children.first()) {
            // What is in the box says the same once more.
            (ChildKind::Boxed, Some(inner)) if child.children.len() == 1 => ("box", inner),
            (ChildKind::Boxed, _) => ("box", child),
            (ChildKind::Coroutine, _) => ("coroutine", child),
            (ChildKind::HandWritten, _) => ("hand-written", child),
            (ChildKind::Dyn, _) => ("dyn", child),
        };
        PageChild {
            types: (self.text(&child.type_name), self.text(&short_type_name(&child.type_name))),
            kind,
            size: child.size,
            machine: child.machine.as_deref().and_then(|id| self.indices.get(id).copied()),
            children: inner.children.iter().map(|child| self.child(child)).collect(),
        }
    }
}

/// The name of a role, and the class by which the page's style gives a slot its colour.
fn class_of(role: Role) -> &'static str {
    match role {
        Role::Argument => "argument",
        Role::Local => "local",
        Role::Temporary => "temporary",
        Role::DropFlag => "drop-flag",
        Role::Awaitee => "awaitee",
    }
}

fn is_quiet(machine: &Machine, state: &State) -> bool {
    let captured = machine.state(StateKind::Unresumed).map_or(&[][..], |unresumed| &unresumed.slots);
    matches!(state.kind, StateKind::Returned | StateKind::Panicked)
        && state.slots.iter().all(|slot| captured.iter().any(|captured| captured.is_same_value(slot)))
}
