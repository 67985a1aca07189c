//! The words of the page for what the model says in enums.

use pinsight_machine::{Certainty, Evidence, PointsAt, Reason, Role, Slot, State, Why};

/// Also the class by which the page's style gives a slot its colour.
pub(super) fn role(role: Role) -> &'static str {
    match role {
        Role::Argument => "argument",
        Role::Local => "local",
        Role::Temporary => "temporary",
        Role::DropFlag => "drop-flag",
        Role::Awaitee => "awaitee",
    }
}

/// Why a slot is kept; `?` where it is not known.
pub(super) fn reasons(slot: &Slot) -> String {
    let reasons: Vec<String> = slot.reasons.iter().map(reason).collect();
    if reasons.is_empty() { "?".to_owned() } else { reasons.join(", ") }
}

fn reason(reason: &Reason) -> String {
    match &reason.why {
        Why::Captured => "captured".to_owned(),
        Why::Awaited => "awaited".to_owned(),
        Why::UsedAfter => "used after".to_owned(),
        Why::DroppedAfter => "dropped after".to_owned(),
        Why::BorrowedBy(name) => format!("borrowed by {name}"),
        Why::AddressTaken => "its address was taken".to_owned(),
    }
}

/// `val.name`, `may be val, through next`
pub(super) fn points_at(state: &State, points_at: &PointsAt) -> String {
    let target = state.slots.get(points_at.slot).map_or("?", |slot| &slot.name);
    match points_at.certainty {
        Certainty::Certain => format!("{target}{}", points_at.part),
        Certainty::Possible if points_at.through.is_empty() => format!("maybe {target}{}", points_at.part),
        Certainty::Possible => format!("maybe {target}{}, through {}", points_at.part, points_at.through),
    }
}

/// How type, size and offset were found, where that is worth a word.
pub(super) fn evidence(evidence: Evidence) -> Option<&'static str> {
    Some(match evidence {
        Evidence::Recorded | Evidence::Predicted => return None,
        Evidence::RepairedFromUnresumed => "repaired from the captured argument",
        Evidence::RepairedFromVariable => "repaired from the variable of the poll function",
        Evidence::RepairedFromMir => "repaired from the MIR",
        Evidence::Lost => "lost: another slot of this name hides its type, size and offset",
        Evidence::Maybe => "maybe: its type decides whether it is stored",
    })
}
