//! The right side of an assignment as it is written.

use super::builder::Builder;
use super::call;
use super::can_hold_borrow;
use super::scan;
use super::statement::{Operand, Path, Step, Value};

const OPERATORS: &[&str] = &[
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Rem",
    "BitXor",
    "BitAnd",
    "BitOr",
    "Shl",
    "Shr",
    "Eq",
    "Lt",
    "Le",
    "Ne",
    "Ge",
    "Gt",
    "Cmp",
    "Not",
    "Neg",
    "PtrMetadata",
    "AddWithOverflow",
    "SubWithOverflow",
    "MulWithOverflow",
    "AddUnchecked",
    "SubUnchecked",
    "MulUnchecked",
    "ShlUnchecked",
    "ShrUnchecked",
];

/// Operators on types, and questions to the compiler.
const CONSTANTS: &[&str] =
    &["SizeOf(", "AlignOf(", "OffsetOf(", "UbChecks(", "ContractChecks(", "RuntimeChecks(", "OverflowChecks("];

/// What a right side is; `None` where it is not understood. `to` is the type of the left side.
pub(super) fn parse<'t>(text: &'t str, to: Option<&'t str>, builder: &mut Builder<'t>) -> Option<Value> {
    if ["copy ", "move ", "const "].iter().any(|start| text.starts_with(start)) {
        let (operand, rest) = builder.operand(text)?;
        if rest.is_empty() {
            return Some(Value::Parts(vec![(Path::new(), operand)]));
        }
        return cast(rest, operand);
    }
    if let Some(borrow) = text.strip_prefix('&') {
        return reference(borrow, builder);
    }
    if let Some(place) = text.strip_prefix("deref_copy ") {
        return Some(Value::Parts(vec![(Path::new(), Operand::Copy(builder.whole_spot(place)?))]));
    }
    if let Some(inside) = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return array(inside, builder);
    }
    if let Some(inside) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return Some(Value::Parts(numbered(builder.operands(inside)?, &[])));
    }
    if text.starts_with("*const ") || text.starts_with("*mut ") {
        // A wide pointer from an address and what comes with it; only the address refers to something.
        let inside = text.rsplit_once(" from (")?.1.strip_suffix(')')?;
        let mut operands = builder.operands(inside)?.into_iter();
        return Some(Value::Parts(operands.next().map(|address| (Path::new(), address)).into_iter().collect()));
    }
    if let Some(inside) = text.strip_prefix("discriminant(").or_else(|| text.strip_prefix("Len(")) {
        let place = inside.strip_suffix(')')?;
        // For the machine itself that is asked at the entry.
        let machine = builder.is_machine(place);
        let spot = if machine { None } else { Some(builder.whole_spot(place)?) };
        return Some(Value::Plain(spot.map(Operand::Copy).into_iter().collect()));
    }
    if CONSTANTS.iter().any(|start| text.starts_with(start)) {
        return Some(Value::Plain(Vec::new()));
    }
    if let Some(inside) = text.strip_prefix("wrap_binder!(") {
        let operand = builder.operand(inside)?.0;
        return Some(Value::Parts(vec![(Path::new(), operand)]));
    }
    named(text, to, builder)
}

/// ` as Type (Kind)`.
fn cast(text: &str, operand: Operand) -> Option<Value> {
    let rest = text.strip_prefix(" as ")?;
    let to = &rest[..rest.rfind(" (")?];
    if !can_hold_borrow::can_hold_borrow(to) {
        return Some(Value::Plain(vec![operand]));
    }
    Some(Value::Parts(vec![(Path::new(), operand)]))
}

/// What follows the `&`.
fn reference<'t>(text: &'t str, builder: &mut Builder<'t>) -> Option<Value> {
    if text.starts_with("/*tls*/") {
        return Some(Value::Plain(Vec::new()));
    }
    let kinds = [
        ("raw const (fake) ", false),
        ("raw const ", false),
        ("raw mut ", true),
        ("mut ", true),
        ("fake shallow ", false),
        ("fake ", false),
    ];
    let found = kinds.iter().find_map(|(start, mutable)| Some((text.strip_prefix(start)?, *mutable)));
    let (place, mutable) = found.unwrap_or((text, false));
    let mutable = mutable || builder.is_shared_mutable(place);
    Some(Value::Borrow { spot: builder.whole_spot(place)?, mutable })
}

fn array<'t>(inside: &'t str, builder: &mut Builder<'t>) -> Option<Value> {
    if scan::until(inside, b";")? < inside.len() {
        let (operand, rest) = builder.operand(inside)?;
        return rest.starts_with("; ").then(|| Value::Parts(vec![(vec![Step::Any], operand)]));
    }
    let operands = builder.operands(inside)?.into_iter().enumerate();
    Some(Value::Parts(operands.map(|(index, operand)| (vec![Step::At(index as u32)], operand)).collect()))
}

fn numbered(operands: Vec<Operand>, start: &[Step]) -> Vec<(Path, Operand)> {
    let path = |index: usize| start.iter().copied().chain([Step::Field(index as u32)]).collect();
    operands.into_iter().enumerate().map(|(index, operand)| (path(index), operand)).collect()
}

/// An operator, a literal of a struct, enum, closure or coroutine, or a function as a value.
fn named<'t>(text: &'t str, to: Option<&'t str>, builder: &mut Builder<'t>) -> Option<Value> {
    let end = scan::until(text, b"( ")?;
    let (name, rest) = text.split_at(end);
    if name.is_empty() || name.starts_with(|first: char| !first.is_alphabetic() && !matches!(first, '_' | '<' | '{')) {
        return None;
    }
    let operands = if rest.is_empty() {
        return Some(Value::Plain(Vec::new()));
    } else if rest.starts_with(" as ") {
        return cast(rest, Operand::Constant);
    } else if let Some(inside) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        let own_type = to.is_some_and(|to| call::segments(to).last() == Some(&name));
        if name == "ShallowInitBox" || (name == "Offset" && !own_type) {
            return Some(Value::Parts(vec![(Path::new(), builder.operand(inside)?.0)]));
        }
        let operands = builder.operands(inside)?;
        if OPERATORS.contains(&name) && !own_type {
            return Some(Value::Plain(operands));
        }
        operands
    } else {
        let inside = rest.strip_prefix(" {")?.strip_suffix('}')?;
        let mut operands = Vec::new();
        for field in scan::split(inside, b',')? {
            let (operand, "") = builder.operand(field.split_once(": ")?.1)? else { return None };
            operands.push(operand);
        }
        operands
    };
    let variant = if name.starts_with('{') { None } else { variant(name, to?) };
    let start: Vec<Step> = variant.map(|name| Step::Variant(builder.symbol(name))).into_iter().collect();
    Some(Value::Parts(numbered(operands, &start)))
}

/// The variant in `Option::<&T>::Some`, when the literal is of an enum: then its type has another name.
fn variant<'t>(literal: &'t str, type_name: &str) -> Option<&'t str> {
    let names = call::segments(literal);
    let of = call::segments(type_name).last().copied()?;
    let last = *names.last()?;
    let before = names.len().checked_sub(2).map(|index| names[index]);
    (last != of || before == Some(of)).then_some(last)
}
