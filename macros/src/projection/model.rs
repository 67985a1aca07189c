//! What the user declared and what they asked for; no longer how they wrote it.

use super::Door;
use crate::quote::{ToTokens, Tokens};
use proc_macro2::{Ident, Literal, Span, TokenTree};

/// A struct or an enum to be projected.
pub(crate) struct Item {
    pub(crate) door: Door,
    pub(crate) visibility: Tokens,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) shape: Shape,
    pub(crate) requests: Requests,
    /// The path to the crate. Anybody may have named it, so what is found there is proven to be ours: see `expand::proof`.
    pub(crate) facade: Tokens,
    /// The type's own `#[allow(…)]`: what it may do, a copy of its tokens may do as well.
    pub(crate) allowed: Tokens,
    /// `packed` in a visible `#[repr(…)]`.
    pub(crate) packed: Option<TokenTree>,
    /// False once a mistake was found after which no projection could be sound or of use.
    pub(crate) can_be_projected: bool,
    /// `#[pin_project]` below the derive does it.
    pub(crate) is_projected_elsewhere: bool,
}

pub(crate) enum Shape {
    Struct(Fields),
    Enum(Vec<Variant>),
}

impl Item {
    pub(crate) fn is_enum(&self) -> bool {
        matches!(self.shape, Shape::Enum(_))
    }

    /// All fields in the order of their declaration.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        let (of_struct, of_enum) = match &self.shape {
            Shape::Struct(fields) => (Some(fields), None),
            Shape::Enum(variants) => (None, Some(variants)),
        };
        let of_enum = of_enum.into_iter().flatten().map(|variant| &variant.fields);
        of_struct.into_iter().chain(of_enum).flat_map(|fields| &fields.list)
    }

    pub(crate) fn pinned_fields(&self) -> impl Iterator<Item = &Field> {
        self.fields().filter(|field| field.pin.is_some())
    }
}

pub(crate) struct Variant {
    pub(crate) docs: Tokens,
    pub(crate) name: Ident,
    pub(crate) fields: Fields,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Named,
    Tuple,
    Unit,
}

pub(crate) struct Fields {
    pub(crate) style: Style,
    pub(crate) list: Vec<Field>,
}

pub(crate) struct Field {
    pub(crate) docs: Tokens,
    pub(crate) visibility: Tokens,
    pub(crate) member: Member,
    /// As the user wrote it.
    pub(crate) ty: Tokens,
    /// What its tokens tell.
    pub(crate) seen: Seen,
    /// The place of its `#[pin]`: the field is structurally pinned.
    pub(crate) pin: Option<Span>,
}

/// What the tokens of a field's type tell.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    /// It is a type parameter and nothing else, be it in the invisible group of a fragment or not: nothing coerces to one.
    pub(crate) is_parameter: bool,
    /// It is made of type parameters, lifetimes, and names that every crate has. Nothing in such a type can be private, and
    /// it is no associated type. A type of the user's that takes one of these names is lost on this: a lint may come up, or an
    /// error.
    pub(crate) is_plain: bool,
    /// `Self` is in it.
    pub(crate) mentions_self: bool,
    /// It begins like a path, and has no `+` outside of groups: it needs no parentheses behind a reference.
    pub(crate) is_path_like: bool,
}

/// `name` or `0`: what stands before the colon in `Struct { name: x }` and `Tuple { 0: x }`.
#[derive(Clone)]
pub(crate) enum Member {
    Named(Ident),
    Index(usize),
}

impl ToTokens for Member {
    fn to_tokens(&self, tokens: &mut Tokens) {
        match self {
            Member::Named(name) => name.to_tokens(tokens),
            Member::Index(index) => Literal::usize_unsuffixed(*index).to_tokens(tokens),
        }
    }
}

#[derive(Default)]
pub(crate) struct Generics {
    pub(crate) parameters: Vec<Parameter>,
    /// What stands behind `where`, ending in a comma unless empty.
    pub(crate) predicates: Tokens,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterKind {
    Lifetime,
    Type,
    Const,
}

pub(crate) struct Parameter {
    pub(crate) kind: ParameterKind,
    /// `'a`, `T` or `N`.
    pub(crate) name: Tokens,
    /// `'a: 'b`, `T: Bound` or `const N: usize`, without the default.
    pub(crate) declaration: Tokens,
    /// `= Default`, or nothing.
    pub(crate) default: Tokens,
}

/// What `#[pin(…)]` on the type asks for.
#[derive(Default)]
pub(crate) struct Requests {
    pub(crate) project: Option<Request>,
    pub(crate) project_ref: Option<Request>,
    pub(crate) project_replace: Option<Request>,
    pub(crate) pinned_drop: Option<Span>,
    pub(crate) unsafe_unpin: Option<Span>,
    pub(crate) not_unpin: Option<Span>,
    /// Says that there is no `#[pin]` on purpose.
    pub(crate) unpinned: Option<Span>,
    /// `crate = path`: where the crate is found.
    pub(crate) facade: Option<Tokens>,
}

/// A method that is asked for: `pub project = Name`, or `project_replace` without a name.
pub(crate) struct Request {
    pub(crate) place: Span,
    /// What stands before the argument; by default the projection has the visibility of the type, at most `pub(crate)`.
    pub(crate) visibility: Option<Tokens>,
    pub(crate) name: Option<Ident>,
}
