//! The figures of one package, or of all.

use std::ops::AddAssign;

macro_rules! counts {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        #[derive(Clone, Debug, Default)]
        pub(crate) struct Tally {
            $($(#[$doc])* pub(crate) $name: usize,)*
        }

        impl AddAssign<&Tally> for Tally {
            fn add_assign(&mut self, other: &Tally) {
                $(self.$name += other.$name;)*
            }
        }
    };
}

counts! {
    /// Bodies of the compiler in the package's own sources.
    bodies,
    /// Of which one is predicted.
    bodies_found,
    /// Whose MIR could not be joined, or not be followed to the end.
    unfollowed,
    /// Flagged as having a macro that could not be read.
    bodies_opaque,
    /// Coroutines of the MIR that no library instantiates.
    without_instance,
    foreign_bodies,
    /// Bodies in a `macro_rules!` of the package, which stand for any number of functions.
    templates,
    templates_suspends,
    /// Bodies that an attribute has made.
    made,
    made_suspends,

    suspends,
    suspends_found,
    /// Not found, in a body that says what it could not read.
    suspends_opaque,
    suspends_missed,
    /// Predicted, and not the compiler's.
    suspends_extra,
    /// Of all: those whose `.await` is not written in the body, but in a macro elsewhere.
    in_macros,
    in_macros_found,
    in_macros_opaque,
    in_macros_missed,

    /// Named locals that the compiler stores at the suspend points found.
    kept,
    kept_yes,
    kept_maybe,
    kept_missed,
    /// Of those kept: of a name that is also captured.
    kept_arguments,
    missed_arguments,
    predicted_yes,
    predicted_maybe,
    /// Named locals at the suspend points that were not found.
    kept_elsewhere,
    /// Locals whose name is not in the source, which are not compared.
    unwritten,
    /// The same of the predicted ones.
    unwritten_predicted,
    /// `__self` of an attribute, compared as `self`.
    renamed,
    /// Kept, with a type that the debug info has lost.
    lost,

    /// Predicted for sure, in a body whose MIR was followed.
    references_predicted,
    references_confirmed,
    /// Of the others: the compiler's MIR has it through a call.
    references_possible,
    references_wrong,
    /// The compiler's direct ones.
    references_direct,
    references_found,
    /// Predicted as possible only.
    references_found_possible,
    references_missed,
    /// Of those: from a named local or argument, not from the awaited future.
    between_locals,
    between_locals_found,
    between_locals_possible,
    /// Direct ones from or to a value without a written name, which are not compared.
    references_unnamed,
    /// The same of the predicted ones.
    references_unnamed_predicted,
    /// Predicted for sure, in a body whose MIR was not followed.
    references_unchecked,

    /// Captured values of the bodies found.
    captured,
    captured_found,
    captured_extra,
}

impl Tally {
    pub(crate) fn recall(&self) -> Option<f64> {
        share(self.kept_yes + self.kept_maybe, self.kept)
    }

    pub(crate) fn precision(&self) -> Option<f64> {
        share(self.kept_yes, self.predicted_yes)
    }

    pub(crate) fn maybes(&self) -> Option<f64> {
        share(self.predicted_maybe, self.predicted_yes + self.predicted_maybe)
    }
}

/// In percent; of nothing there is none.
pub(crate) fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64 * 100.0)
}
