//! The class of a type that is written in the source.

use std::collections::BTreeMap;

use syn::visit::Visit;

use super::receiver::{Receiver, called_by};
use super::{Classes, last_name, std_names};

/// What is known of the types that a package defines, by their names.
pub(crate) type OwnTypes = BTreeMap<String, Classes>;

/// The type parameters that are in scope. A value of such a type is dropped even where the instance's type needs no drop: what
/// is stored is decided once, for the generic function.
#[derive(Clone, Debug, Default)]
pub(crate) struct Generics {
    parameters: Vec<(String, bool)>,
    /// How a call takes the parameters that are functions.
    called: Vec<(String, Receiver)>,
}

impl Generics {
    pub(crate) fn add(&mut self, generics: &syn::Generics) {
        for parameter in generics.type_params() {
            let name = parameter.ident.to_string();
            let is_copy = is_copy_bound(&parameter.bounds)
                || generics.where_clause.iter().flat_map(|clause| &clause.predicates).any(
                    |predicate| match predicate {
                        syn::WherePredicate::Type(predicate) => {
                            last_name(&predicate.bounded_ty).as_deref() == Some(&*name)
                                && is_copy_bound(&predicate.bounds)
                        }
                        _ => false,
                    },
                );
            self.parameters.push((name, is_copy));
            self.add_called(&parameter.ident.to_string(), &parameter.bounds);
        }
        for predicate in generics.where_clause.iter().flat_map(|clause| &clause.predicates) {
            if let syn::WherePredicate::Type(predicate) = predicate
                && let Some(name) = last_name(&predicate.bounded_ty)
            {
                self.add_called(&name, &predicate.bounds);
            }
        }
    }

    fn add_called<P>(&mut self, name: &str, bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, P>) {
        self.called.extend(called_by(bounds.iter()).map(|called| (name.to_owned(), called)));
    }

    /// How a call of a value of that parameter takes it.
    pub(crate) fn called(&self, name: &str) -> Option<Receiver> {
        self.called.iter().rev().find(|(parameter, _)| parameter == name).map(|(_, called)| *called)
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.parameters.iter().map(|(name, _)| name.clone()).collect()
    }

    fn class(&self, name: &str) -> Option<Classes> {
        let (_, is_copy) = self.parameters.iter().rev().find(|(parameter, _)| parameter == name)?;
        Some(if *is_copy { Classes::COPY } else { Classes::DROP })
    }
}

fn is_copy_bound<P>(bounds: &syn::punctuated::Punctuated<syn::TypeParamBound, P>) -> bool {
    bounds.iter().any(|bound| match bound {
        syn::TypeParamBound::Trait(bound) => bound.path.segments.last().is_some_and(|last| last.ident == "Copy"),
        _ => false,
    })
}

/// What a type that is written there can be.
pub(crate) fn classes_of(ty: &syn::Type, generics: &Generics, own: &OwnTypes) -> Classes {
    match ty {
        syn::Type::Reference(reference) => match reference.mutability {
            Some(_) => Classes::UNIQUE,
            None => Classes::SHARED,
        },
        syn::Type::Ptr(_) | syn::Type::FnPtr(_) | syn::Type::Never(_) => Classes::COPY,
        syn::Type::Group(group) => classes_of(&group.elem, generics, own),
        syn::Type::Paren(paren) => classes_of(&paren.elem, generics, own),
        syn::Type::Array(array) => classes_of(&array.elem, generics, own).wrapped(),
        syn::Type::Tuple(tuple) => {
            tuple.elems.iter().fold(Classes::COPY, |classes, element| classes.with(classes_of(element, generics, own)))
        }
        // Opaque, or a parameter without a name: dropped for all the function knows.
        syn::Type::ImplTrait(_) | syn::Type::TraitObject(_) => Classes::DROP,
        syn::Type::Path(path) => of_path(path, generics, own),
        _ => Classes::ANY,
    }
}

fn of_path(path: &syn::TypePath, generics: &Generics, own: &OwnTypes) -> Classes {
    let segments = &path.path.segments;
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return Classes::NAMED };
    let first_name = first.ident.to_string();
    if path.qself.is_some() {
        return Classes::DROP;
    }
    if let Some(class) = generics.class(&first_name) {
        return if segments.len() == 1 { class } else { Classes::DROP };
    }
    let name = last.ident.to_string();
    let arguments = || {
        let arguments = match &last.arguments {
            syn::PathArguments::AngleBracketed(arguments) => Some(&arguments.args),
            _ => None,
        };
        arguments.into_iter().flatten().filter_map(|argument| match argument {
            syn::GenericArgument::Type(ty) => Some(classes_of(ty, generics, own)),
            _ => None,
        })
    };
    if name == "Pin" {
        // `Pin<&mut T>` is reborrowed by `as_mut`, which is a method and borrows it.
        return match arguments().next() {
            Some(Classes::UNIQUE) => Classes::MOVE,
            Some(Classes::SHARED) => Classes::COPY,
            Some(inner) => inner.wrapped(),
            None => Classes::NAMED,
        };
    }
    if std_names::wraps_arguments(&name) {
        let mut known = arguments().peekable();
        // `io::Result<usize>`: its error is an own type, and most need drop.
        let hidden_error = name == "Result" && arguments().count() < 2;
        if known.peek().is_none() {
            return Classes::NAMED;
        }
        let inner = known.fold(Classes::COPY, Classes::with);
        return if hidden_error { inner.with(Classes::NAMED) } else { inner };
    }
    own.get(&name).copied().or_else(|| std_names::by_name(&name)).unwrap_or(Classes::NAMED)
}

/// Whether a type can hold a reference that is not `'static`. A name without a lifetime is taken to hold none.
pub(crate) fn may_lend(ty: &syn::Type) -> bool {
    struct Finder(bool);
    impl Visit<'_> for Finder {
        fn visit_type_reference(&mut self, reference: &syn::TypeReference) {
            let is_static = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
            self.0 |= !is_static;
        }

        fn visit_lifetime(&mut self, lifetime: &syn::Lifetime) {
            self.0 |= lifetime.ident != "static";
        }

        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = true;
        }

        fn visit_type_infer(&mut self, _: &syn::TypeInfer) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    finder.visit_type(ty);
    finder.0
}
