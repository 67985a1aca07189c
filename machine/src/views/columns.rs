use crate::{Machine, Slot, State, StateKind};

/// What is known of a machine at all. A view leaves out a column, a row or a bar in which it would have nothing to show for the
/// whole machine; where something is known, what is not is `?`.
#[derive(Clone, Copy)]
pub(super) struct Columns {
    /// Whether the size of the machine or of any slot is known. Such a machine has bytes to show: a compiler has laid it out.
    pub(super) sizes: bool,
    pub(super) offsets: bool,
    pub(super) types: bool,
    /// The numbers of the states.
    pub(super) numbers: bool,
    /// Where the number of the state is stored.
    pub(super) discriminant: bool,
    /// Whether it is known where the machine begins.
    pub(super) location: bool,
    /// Whether the location of any state is known that is not finished.
    places: bool,
    /// Whether the location of any finished state is known.
    finished_places: bool,
}

impl Columns {
    pub(super) fn of(machine: &Machine) -> Self {
        let any = |known: fn(&Slot) -> bool| machine.states.iter().any(|state| state.slots.iter().any(known));
        let sizes = machine.size.is_some() || any(|slot| slot.size.is_some());
        Columns {
            sizes,
            offsets: sizes || any(|slot| slot.offset.is_some()),
            types: any(|slot| slot.type_name.is_some()),
            numbers: sizes || machine.states.iter().any(|state| state.discriminant.is_some()),
            discriminant: sizes || machine.discriminant.is_some(),
            location: sizes || machine.location.is_some(),
            places: sizes || machine.states.iter().any(|state| !is_finished(state) && state.location.is_some()),
            finished_places: sizes || machine.states.iter().any(|state| is_finished(state) && state.location.is_some()),
        }
    }

    /// Whether states of this kind have a place.
    pub(super) fn has_place(&self, state: &State) -> bool {
        if is_finished(state) { self.finished_places } else { self.places }
    }
}

fn is_finished(state: &State) -> bool {
    matches!(state.kind, StateKind::Returned | StateKind::Panicked)
}
