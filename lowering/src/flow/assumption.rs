//! What is assumed where the source does not tell, and what an action then amounts to.

use crate::graph::{Action, Graph, Local};
use crate::types::{Class, Classes};

/// One way in which the types may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Assumption {
    /// The class of each local that can be of it.
    pub(crate) class: Class,
    /// Whether a method whose receiver may be either takes it by reference, and a field of it is reached through a call.
    pub(crate) by_reference: bool,
}

/// What an action amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Use,
    Move,
    Borrow,
    Assign,
    AssignPart,
    /// What is left of it needs no drop.
    Empty,
    Drop,
    Dead,
    None,
}

impl Assumption {
    pub(crate) fn class_of(self, local: &Local) -> Class {
        if local.classes.contains(self.class) { self.class } else { local.classes.first() }
    }

    /// Whether the assumption says anything about the local: it can be of that class, or can only be of another one.
    pub(crate) fn fits(self, local: &Local) -> bool {
        local.classes.contains(self.class)
    }

    /// `is_reused`: whether the local is used again after it, without a new value.
    pub(crate) fn effect(self, action: Action, class: Class, is_reused: bool) -> Effect {
        let by_reference = if self.by_reference { Effect::Borrow } else { Effect::Use };
        let moved = if is_reused { Effect::Use } else { Effect::Move };
        match (action, class) {
            (Action::Assign, _) => Effect::Assign,
            (Action::StorageDead, _) => Effect::Dead,
            (Action::Loan(_), _) => Effect::None,
            (Action::Drop, class) if class.needs_drop() => Effect::Drop,
            (Action::Drop, _) => Effect::None,
            (Action::Read | Action::BindPart, _) => Effect::Use,
            (Action::Borrow, _) => Effect::Borrow,
            (Action::AssignPart, class) if class.is_reference() || class == Class::Boxed => Effect::Use,
            (Action::AssignPart, Class::Drop | Class::Move) if self.by_reference => Effect::Borrow,
            (Action::AssignPart, _) => Effect::AssignPart,
            (Action::CaptureValue, Class::Copy) => Effect::Borrow,
            // Where a reference is expected it is reborrowed, and else borrowed.
            (Action::CaptureValue, Class::Shared) => by_reference,
            (Action::Mention, _) => by_reference,
            (Action::Operate, Class::Copy) => by_reference,
            (Action::Operate, _) => Effect::Borrow,
            (_, Class::Shared | Class::Unique) => Effect::Use,
            (Action::Value, Class::Copy) => Effect::Use,
            (Action::Value | Action::CaptureValue, _) => moved,
            (Action::ByReference, Class::Boxed) => by_reference,
            (Action::ByReference | Action::PartBorrow, Class::Drop | Class::Move | Class::Copy) => Effect::Borrow,
            (Action::PartBorrow, _) => Effect::Use,
            (Action::Receiver, Class::Copy | Class::Boxed) => by_reference,
            (Action::Receiver, _) if self.by_reference || is_reused => Effect::Borrow,
            (Action::Receiver, _) => Effect::Move,
            (Action::Through, Class::Copy | Class::Boxed) => Effect::Use,
            (Action::Through, Class::Drop | Class::Move) => Effect::Borrow,
            (Action::PartValue, Class::Copy | Class::Boxed) => Effect::Use,
            (Action::Empty, _) => Effect::Empty,
            (Action::PartReceiverOrMove, _) if self.by_reference => Effect::Borrow,
            (Action::PartReceiverOrMove, _) => Effect::Empty,
            (Action::MovePart, _) if self.by_reference => Effect::Use,
            (Action::MovePart, _) => Effect::Empty,
            (Action::PartValue | Action::PartReceiver, _) => by_reference,
        }
    }
}

/// Whether an action is a borrow for each of these classes, or for none. `None` if that depends.
pub(crate) fn always_borrows(action: Action, classes: Classes) -> Option<bool> {
    let mut borrows = classes.iter().flat_map(|class| {
        [true, false]
            .map(|by_reference| Assumption { class, by_reference }.effect(action, class, false) == Effect::Borrow)
    });
    let first = borrows.next()?;
    borrows.all(|other| other == first).then_some(first)
}

/// The assumptions that have to be tried for a body: one for each class that some local may be of.
pub(crate) fn assumptions(graph: &Graph) -> Vec<Assumption> {
    let tried: Vec<Class> = match graph.locals.iter().map(|local| local.classes).reduce(|all, classes| all | classes) {
        Some(classes) => classes.iter().collect(),
        None => Classes::DROP.iter().collect(),
    };
    [true, false]
        .into_iter()
        .flat_map(|by_reference| tried.iter().map(move |class| Assumption { class: *class, by_reference }))
        .collect()
}
