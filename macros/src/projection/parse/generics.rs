//! `<'a, T: Bound = Default, const N: usize>` and `where …`, cut into pieces that are never looked into.

use super::fragments::held_together;
use crate::projection::model::{Generics, Parameter, ParameterKind};
use crate::quote::{ToTokens, Tokens, quote};
use crate::tokens::{Cursor, is_braced, is_punct};
use proc_macro2::{Span, TokenTree};

/// Reads the parameters, if there are any.
pub(in crate::projection) fn parameters(cursor: &mut Cursor) -> Generics {
    let mut generics = Generics::default();
    if cursor.punct('<').is_none() {
        return generics;
    }
    let mut list = Cursor::new(cursor.take_until(|token| is_punct(token, '>')));
    cursor.punct('>');
    while !list.is_empty() {
        generics.parameters.extend(parameter(Cursor::new(list.take_until_comma())));
    }
    generics
}

fn parameter(mut cursor: Cursor) -> Option<Parameter> {
    // `#[cfg]` is gone by now, and no other attribute of a parameter means anything to a copy of it.
    while cursor.attribute().is_some() {}
    cursor.open_invisible();
    let mut kind = ParameterKind::Type;
    let mut declaration = Tokens::default();
    let mut name = Tokens::default();
    if cursor.peek_punct('\'') {
        kind = ParameterKind::Lifetime;
        name.extend(cursor.next());
    } else if matches!(cursor.peek_second(), Some(TokenTree::Ident(_)))
        && let Some(keyword) = cursor.keyword("const")
    {
        kind = ParameterKind::Const;
        declaration.extend([keyword]);
    }
    name.extend([TokenTree::Ident(cursor.ident()?)]);
    declaration.extend(name.clone());
    declaration.extend(held_together(cursor.take_until(|token| is_punct(token, '='))));
    let default = held_together(cursor.rest().into_iter().collect());
    Some(Parameter { kind, name, declaration, default })
}

/// Reads the predicates behind `where`, if there are any, up to the body or the semicolon.
pub(in crate::projection) fn where_clause(cursor: &mut Cursor) -> Tokens {
    if cursor.keyword("where").is_none() {
        return Tokens::default();
    }
    let predicates = cursor.take_until(|token| is_punct(token, ';') || is_braced(token));
    let ends_in_comma = predicates.last().is_none_or(|last| is_punct(last, ','));
    let predicates = held_together(predicates);
    if ends_in_comma { predicates } else { quote!(#predicates,) }
}

impl Generics {
    /// The names of the type parameters.
    pub(crate) fn type_parameters(&self) -> impl Iterator<Item = &Tokens> {
        self.parameters
            .iter()
            .filter(|parameter| parameter.kind == ParameterKind::Type)
            .map(|parameter| &parameter.name)
    }

    /// Whether there are no bounds, predicates and lifetimes.
    pub(crate) fn is_plain(&self) -> bool {
        let is_plain = |parameter: &Parameter| match parameter.kind {
            ParameterKind::Lifetime => false,
            ParameterKind::Type => parameter.declaration.iter().count() == 1,
            ParameterKind::Const => true,
        };
        self.predicates.is_empty() && self.parameters.iter().all(is_plain)
    }

    /// `<'pin, 'a, T: Bound>`, as in a declaration; `first` is an extra lifetime.
    pub(crate) fn declaration(&self, first: Option<&Tokens>) -> Tokens {
        self.in_angles(first, |parameter, list| parameter.declaration.to_tokens(list))
    }

    /// As [`Self::declaration`], with the defaults, as in the declaration of a type.
    pub(crate) fn declaration_with_defaults(&self, first: Option<&Tokens>) -> Tokens {
        self.in_angles(first, |parameter, list| {
            parameter.declaration.to_tokens(list);
            parameter.default.to_tokens(list);
        })
    }

    /// `<'pin, 'a, T>`, as in a use.
    pub(crate) fn arguments(&self, first: Option<&Tokens>) -> Tokens {
        self.in_angles(first, |parameter, list| parameter.name.to_tokens(list))
    }

    /// `where …` with `extra` behind it, or nothing.
    pub(crate) fn where_clause(&self, extra: Option<Tokens>) -> Tokens {
        let predicates = &self.predicates;
        if predicates.is_empty() && extra.is_none() { Tokens::default() } else { quote!(where #predicates #extra) }
    }

    /// Plain loops and one list: this runs a dozen times for each type.
    fn in_angles(&self, first: Option<&Tokens>, print: impl Fn(&Parameter, &mut Tokens)) -> Tokens {
        let mut list = Tokens::default();
        if self.parameters.is_empty() && first.is_none() {
            return list;
        }
        let place = Span::call_site();
        list.token("<", place);
        let mut is_first = true;
        let mut comma = |list: &mut Tokens| {
            if !std::mem::take(&mut is_first) {
                list.token(",", place);
            }
        };
        if let Some(first) = first {
            comma(&mut list);
            first.to_tokens(&mut list);
        }
        for lifetimes in [true, false] {
            for parameter in &self.parameters {
                if (parameter.kind == ParameterKind::Lifetime) == lifetimes {
                    comma(&mut list);
                    print(parameter, &mut list);
                }
            }
        }
        list.token(">", place);
        list
    }
}
