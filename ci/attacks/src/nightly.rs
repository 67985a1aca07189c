//! The payloads with each unstable feature that touches coherence, types, drops or macros.

use crate::plain;
use crate::program::Program;

pub(crate) const FAMILY: &str = "nightly";

const FEATURES: &[&str] = &[
    "specialization",
    "min_specialization",
    "negative_impls",
    "auto_traits",
    "marker_trait_attr",
    "trivial_bounds",
    "generic_const_exprs",
    "lazy_type_alias",
    "type_alias_impl_trait",
    "unboxed_closures, fn_traits",
    "arbitrary_self_types, arbitrary_self_types_pointers",
    "coerce_unsized, dispatch_from_dyn, unsize",
    "fundamental, rustc_attrs",
    "decl_macro",
    "pin_ergonomics",
    "unsized_fn_params",
    "associated_type_defaults",
    "inherent_associated_types",
    "const_trait_impl",
    "default_field_values",
    "unsafe_fields",
    "with_negative_coherence",
    "adt_const_params",
    "never_type",
    "more_qualified_paths",
    "macro_attr, macro_derive",
];

pub(crate) fn programs() -> Vec<Program> {
    let plain: Vec<Program> =
        plain::programs().into_iter().filter(|program| program.name == "arguments 1, Named").collect();
    let program = |features: &'static str, plain: &Program| Program {
        family: FAMILY,
        template: format!("{features} / {}", plain.template),
        features,
        ..plain.clone()
    };
    FEATURES.iter().flat_map(|feature| plain.iter().map(move |plain| program(feature, plain))).collect()
}
