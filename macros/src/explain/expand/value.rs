//! The machine as a constant, of borrowed data only.

use crate::explain::model::{Function, Place, Requests};
use crate::quote::{Tokens, quote};
use crate::tokens::Cursor;
use pinsight_machine::{
    Certainty, Evidence, Machine, MachineKind, PointsAt, Reason, Role, Slot, State, StateKind, Why,
};
use proc_macro2::{Ident, Literal, Span};

pub(super) fn of(function: &Function, requests: &Requests) -> Tokens {
    let (cfgs, visibility, name) = (&function.cfgs, &function.visibility, function.name());
    let docs = format!("The state machine of `{}`, as `#[explain]` predicts it.", function.plain_name());
    let plain = function.plain_name();
    if let (Place::Free, None) = (function.place, &requests.name) {
        // Functions and modules have their own namespaces.
        let facade = facade(requests, true);
        // What the path of the facade begins with may only be known outside.
        let outside = needs_outside(requests).then(|| {
            quote!(
                #[allow(unused_imports)]
                use super::*;
            )
        });
        let value = machine(&function.prediction.machine, &quote!(::core::module_path!()), &facade);
        return quote! {
            #cfgs
            #[doc = #docs]
            #[allow(unreachable_pub, non_snake_case, dead_code)]
            #visibility mod #name {
                #outside
                #[doc = #docs]
                pub const MACHINE: #facade::machine::Machine = #value;
            }
        };
    }
    let machine_path = function.prediction.machine.path.to_string();
    let path = quote!(::core::concat!(::core::module_path!(), "::", #machine_path));
    let facade = facade(requests, false);
    let value = machine(&function.prediction.machine, &path, &facade);
    let chosen = requests.name.clone();
    let constant =
        chosen.unwrap_or_else(|| Ident::new(&format!("{}_MACHINE", plain.to_uppercase()), Span::call_site()));
    quote! {
        #cfgs
        #[doc = #docs]
        #[allow(dead_code, non_upper_case_globals)]
        #visibility const #constant: #facade::machine::Machine = #value;
    }
}

/// The path of the facade, where the item is or in a module in it.
pub(super) fn facade(requests: &Requests, in_module: bool) -> Tokens {
    let Some(path) = requests.facade.clone() else { return quote!(::pinsight) };
    let starts_with = |word: &str| Cursor::new(path.clone()).peek_keyword(word);
    if !in_module || !(starts_with("self") || starts_with("super")) {
        return path;
    }
    if starts_with("super") {
        return quote!(super::#path);
    }
    let rest = Cursor::new(path.iter().skip(1).cloned()).rest();
    quote!(super #rest)
}

fn needs_outside(requests: &Requests) -> bool {
    let Some(path) = &requests.facade else { return false };
    let cursor = Cursor::new(path.clone());
    !(cursor.peek_punct(':') || ["crate", "self", "super"].iter().any(|word| cursor.peek_keyword(word)))
}

fn machine(machine: &Machine, path: &Tokens, facade: &Tokens) -> Tokens {
    let Machine { kind, location, states, remarks, .. } = machine;
    let kind = Ident::new(name_of_kind(*kind), Span::call_site());
    let location = optional(location.as_ref().map(self::location));
    let states = list(states.iter().map(state).collect());
    let remarks = list(remarks.iter().map(|remark| text(remark)).collect());
    // All names are looked up in here first, so that none of the user's own is in the way.
    quote! {{
        #[allow(unused_imports)]
        use #facade::machine::{
            Certainty, Evidence, List, Location, Machine, MachineKind, PointsAt, Reason, Role, Slot, State, StateKind,
            Text, Why,
        };
        const FILE: Text = Text::Borrowed(::core::file!());
        Machine {
            id: Text::Borrowed(#path),
            path: Text::Borrowed(#path),
            kind: MachineKind::#kind,
            location: #location,
            states: #states,
            remarks: #remarks,
            ..Machine::UNKNOWN
        }
    }}
}

fn state(state: &State) -> Tokens {
    let State { kind, location, awaited, slots, .. } = state;
    let kind = match kind {
        StateKind::Unresumed => quote!(Unresumed),
        StateKind::Returned => quote!(Returned),
        StateKind::Panicked => quote!(Panicked),
        StateKind::Suspended(number) => {
            let number = self::number(*number);
            quote!(Suspended(#number))
        }
    };
    let location = optional(location.as_ref().map(self::location));
    let awaited = optional(awaited.as_deref().map(text));
    let slots = list(slots.iter().map(slot).collect());
    quote!(State { kind: StateKind::#kind, location: #location, awaited: #awaited, slots: #slots, ..State::UNKNOWN })
}

fn slot(slot: &Slot) -> Tokens {
    let Slot { name, role, type_name, evidence, declared, reasons, condition, points_at, .. } = slot;
    let name = text(name);
    let role = Ident::new(
        match role {
            Role::Argument => "Argument",
            Role::Local => "Local",
            Role::Temporary => "Temporary",
            Role::DropFlag => "DropFlag",
            Role::Awaitee => "Awaitee",
        },
        Span::call_site(),
    );
    // A prediction is one of two.
    let evidence = if *evidence == Evidence::Maybe { quote!(Maybe) } else { quote!(Predicted) };
    let type_name = optional(type_name.as_deref().map(text));
    let declared = optional(declared.as_ref().map(location));
    let reasons = list(reasons.iter().map(reason).collect());
    let condition = optional(condition.as_deref().map(text));
    let points_at = list(points_at.iter().map(self::points_at).collect());
    quote! {
        Slot {
            name: #name, role: Role::#role, type_name: #type_name, evidence: Evidence::#evidence, declared: #declared,
            reasons: #reasons, condition: #condition, points_at: #points_at, ..Slot::UNKNOWN
        }
    }
}

fn reason(Reason { why, line }: &Reason) -> Tokens {
    let why = match why {
        Why::Captured => quote!(Captured),
        Why::Awaited => quote!(Awaited),
        Why::UsedAfter => quote!(UsedAfter),
        Why::DroppedAfter => quote!(DroppedAfter),
        Why::BorrowedBy(name) => {
            let name = text(name);
            quote!(BorrowedBy(#name))
        }
        Why::AddressTaken => quote!(AddressTaken),
    };
    let line = optional(line.map(number));
    quote!(Reason { why: Why::#why, line: #line })
}

fn points_at(PointsAt { slot, part, certainty, through }: &PointsAt) -> Tokens {
    let slot = Literal::usize_unsuffixed(*slot);
    let (part, through) = (text(part), text(through));
    let certainty = match certainty {
        Certainty::Possible => quote!(Possible),
        Certainty::Certain => quote!(Certain),
    };
    quote!(PointsAt { slot: #slot, part: #part, certainty: Certainty::#certainty, through: #through })
}

/// The lines are those of the source. Its name is for the compiler to say, who may be told to write it in another way.
fn location(location: &pinsight_machine::Location) -> Tokens {
    let line = number(location.line);
    let column = optional(location.column.map(number));
    quote!(Location { file: FILE, line: #line, column: #column })
}

fn name_of_kind(kind: MachineKind) -> &'static str {
    match kind {
        MachineKind::AsyncFn => "AsyncFn",
        MachineKind::AsyncBlock => "AsyncBlock",
        MachineKind::AsyncClosure => "AsyncClosure",
        MachineKind::GenFn => "GenFn",
        MachineKind::GenBlock => "GenBlock",
        MachineKind::GenClosure => "GenClosure",
        MachineKind::AsyncGenFn => "AsyncGenFn",
        MachineKind::AsyncGenBlock => "AsyncGenBlock",
        MachineKind::AsyncGenClosure => "AsyncGenClosure",
        MachineKind::Coroutine => "Coroutine",
    }
}

fn text(text: &str) -> Tokens {
    quote!(Text::Borrowed(#text))
}

/// A constant of its own, since what is in it might otherwise have to be dropped.
fn list(items: Vec<Tokens>) -> Tokens {
    if items.is_empty() { quote!(List::Borrowed(&[])) } else { quote!(List::Borrowed(const { &[#(#items),*] })) }
}

fn optional(value: Option<Tokens>) -> Tokens {
    value.map_or_else(|| quote!(::core::option::Option::None), |value| quote!(::core::option::Option::Some(#value)))
}

fn number(number: u32) -> Tokens {
    let number = Literal::u32_unsuffixed(number);
    quote!(#number)
}
