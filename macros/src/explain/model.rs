//! What the user means: an item with async functions in it, and what is to be made of them.

use crate::quote::Tokens;
use pinsight_lowering::{Edition, Prediction};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span};

/// An item, all of whose tokens are here in their order.
pub(crate) enum Item {
    Function(Box<Function>),
    Impl(Box<Impl>),
    Module(Module),
    /// What is none of these, or is not understood, or not to be explained.
    Other(Tokens),
}

/// An async function, or one that returns an async block.
pub(crate) struct Function {
    pub(crate) attributes: Tokens,
    /// What follows the attributes.
    pub(crate) rest: Tokens,
    /// The `#[cfg(…)]` among the attributes: what is generated for the function has to go with it.
    pub(crate) cfgs: Tokens,
    pub(crate) visibility: Tokens,
    pub(crate) signature: syn::Signature,
    pub(crate) prediction: Prediction,
    pub(crate) place: Place,
}

/// Where a function stands, as far as that can be seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a module or a block.
    Free,
    /// In an `impl` that is seen as a whole.
    Impl,
    /// In an `impl` of which nothing is seen: it may be that of a trait, which takes no further items.
    SomeImpl,
}

/// An `impl`.
pub(crate) struct Impl {
    pub(crate) attributes: Tokens,
    pub(crate) cfgs: Tokens,
    /// What stands between the attributes and the brace.
    pub(crate) header: Tokens,
    pub(crate) generics: syn::Generics,
    pub(crate) of_trait: Option<syn::Path>,
    pub(crate) self_type: syn::Type,
    pub(crate) body: Body,
}

/// An inline module.
pub(crate) struct Module {
    pub(crate) attributes: Tokens,
    pub(crate) header: Tokens,
    pub(crate) body: Body,
}

/// What stands between braces.
pub(crate) struct Body {
    pub(crate) brace: Group,
    pub(crate) items: Vec<Item>,
}

impl Body {
    /// The braces, with something else in them.
    pub(crate) fn around(&self, inner: Tokens) -> Group {
        let mut group = Group::new(Delimiter::Brace, inner.into());
        group.set_span(self.brace.span());
        group
    }
}

impl Item {
    /// Every function in it, from its first to its last.
    pub(crate) fn functions(&self) -> Vec<&Function> {
        let (mut found, mut waiting) = (Vec::new(), vec![self]);
        while let Some(item) = waiting.pop() {
            match item {
                Item::Function(function) => found.push(&**function),
                Item::Impl(item) => waiting.extend(item.body.items.iter().rev()),
                Item::Module(item) => waiting.extend(item.body.items.iter().rev()),
                Item::Other(_) => {}
            }
        }
        found
    }
}

impl Function {
    pub(crate) fn name(&self) -> &Ident {
        &self.signature.ident
    }

    /// As people call it.
    pub(crate) fn plain_name(&self) -> String {
        let name = self.name().to_string();
        name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
    }

    /// The type and const parameters that a caller may name, and the arguments of type `impl …`, which he may not.
    pub(crate) fn parameters(&self) -> Vec<Ident> {
        let named = self.signature.generics.params.iter().filter_map(|parameter| match parameter {
            syn::GenericParam::Type(parameter) => Some(parameter.ident.clone()),
            syn::GenericParam::Const(parameter) => Some(parameter.ident.clone()),
            _ => None,
        });
        named.chain(self.arguments().into_iter().flatten()).collect()
    }

    /// For each argument its name if its type is an `impl …`.
    pub(crate) fn arguments(&self) -> Vec<Option<Ident>> {
        let name = |argument: &syn::FnArg| match argument {
            syn::FnArg::Typed(typed) if mentions_impl(&typed.ty) => match &*typed.pat {
                syn::Pat::Ident(pattern) => Some(pattern.ident.clone()),
                _ => Some(Ident::new("_", Span::call_site())),
            },
            _ => None,
        };
        self.signature.inputs.iter().map(name).collect()
    }
}

fn mentions_impl(ty: &syn::Type) -> bool {
    struct Finder(bool);
    impl syn::visit::Visit<'_> for Finder {
        fn visit_type_impl_trait(&mut self, _: &syn::TypeImplTrait) {
            self.0 = true;
        }
    }
    let mut finder = Finder(false);
    syn::visit::Visit::visit_type(&mut finder, ty);
    finder.0
}

/// What is asked for.
pub(crate) struct Requests {
    pub(crate) docs: bool,
    /// `None`: where it is possible.
    pub(crate) value: Option<bool>,
    pub(crate) name: Option<Ident>,
    pub(crate) warn: Option<Span>,
    pub(crate) expand: Option<Span>,
    pub(crate) max_size: Option<MaxSize>,
    pub(crate) max_suspends: Option<(Literal, u64)>,
    pub(crate) deny_self_reference: Option<Span>,
    pub(crate) edition: Edition,
    /// The path of the facade, if it is not `::pinsight`.
    pub(crate) facade: Option<Tokens>,
}

impl Default for Requests {
    fn default() -> Self {
        Requests {
            docs: true,
            value: None,
            name: None,
            warn: None,
            expand: None,
            max_size: None,
            max_suspends: None,
            deny_self_reference: None,
            edition: Edition::E2024,
            facade: None,
        }
    }
}

/// `max_size = bytes`, `max_size(bytes, T = u32)`
pub(crate) struct MaxSize {
    pub(crate) place: Span,
    /// An expression.
    pub(crate) bytes: Tokens,
    /// Which instance of a generic function is meant.
    pub(crate) instance: Vec<(Ident, Tokens)>,
}
