//! What an expression gives: what is known of its type, and which references it holds.

use pinsight_machine::Certainty;

use super::Builder;
use crate::graph::{Action, Loan, LocalId};
use crate::types::{Classes, KnownType};

/// A value that was computed and is not stored yet.
#[derive(Clone, Debug)]
pub(super) struct Value {
    pub(super) classes: Classes,
    pub(super) loans: Vec<Lent>,
    /// Its type, where the source tells it.
    pub(super) known: Option<KnownType>,
}

/// A reference in a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lent {
    pub(super) target: LocalId,
    pub(super) part: String,
    pub(super) certainty: Certainty,
    pub(super) through: String,
    pub(super) line: u32,
}

impl Value {
    pub(super) const fn of(classes: Classes) -> Self {
        Value { classes, loans: Vec::new(), known: None }
    }

    /// With a type, where that is known.
    pub(super) fn typed(self, known: Option<KnownType>, builder: &Builder<'_>) -> Self {
        match known {
            Some(known) => Value { classes: builder.classes_of_known(&known), known: Some(known), ..self },
            None => self,
        }
    }

    pub(super) const fn unknown() -> Self {
        Value::of(Classes::ANY)
    }

    pub(super) fn lending(mut self, loans: Vec<Lent>) -> Self {
        for loan in loans {
            if !self.loans.contains(&loan) {
                self.loans.push(loan);
            }
        }
        self
    }

    /// Either of two, where ways join.
    pub(super) fn or(self, other: Value) -> Value {
        let classes = self.classes | other.classes;
        let known = self.known.clone().filter(|known| other.known.as_ref() == Some(known));
        Value { classes, known, ..self }.lending(other.loans)
    }

    /// Part of a struct, tuple or array.
    pub(super) fn inside(loans: Vec<Lent>, classes: Classes) -> Value {
        Value::of(classes).lending(loans)
    }
}

/// The references in all of these.
pub(super) fn all_loans(values: Vec<Value>) -> Vec<Lent> {
    values.into_iter().flat_map(|value| value.loans).collect()
}

/// What may be in the result of a call that is given these.
pub(super) fn through(loans: Vec<Lent>, function: &str) -> Vec<Lent> {
    loans
        .into_iter()
        .map(|loan| match loan.certainty {
            Certainty::Certain => Lent { certainty: Certainty::Possible, through: function.to_owned(), ..loan },
            Certainty::Possible => loan,
        })
        .collect()
}

impl Builder<'_> {
    /// The local gets the value.
    pub(super) fn assign(&mut self, local: LocalId, value: &Value, line: u32) {
        self.step(local, Action::Assign, line);
        self.lend(local, &value.loans);
    }

    /// From here on the local holds these references.
    pub(super) fn lend(&mut self, holder: LocalId, loans: &[Lent]) {
        for Lent { target, part, certainty, through, line } in loans.iter().filter(|loan| loan.target != holder) {
            let frame = self.frame();
            let number = frame.graph.loans.len() as u32;
            frame.graph.loans.push(Loan {
                holder,
                target: *target,
                part: part.clone(),
                certainty: *certainty,
                through: through.clone(),
                line: *line,
            });
            frame.step(holder, Action::Loan(number), *line);
        }
    }

    /// The references that a local holds by now.
    pub(super) fn loans_of(&mut self, holder: LocalId) -> Vec<Lent> {
        let mut loans: Vec<Lent> = Vec::new();
        for loan in self.frame().graph.loans.iter().filter(|loan| loan.holder == holder) {
            let lent = Lent {
                target: loan.target,
                part: loan.part.clone(),
                certainty: loan.certainty,
                through: loan.through.clone(),
                line: loan.line,
            };
            if !loans.contains(&lent) {
                loans.push(lent);
            }
        }
        loans
    }
}
