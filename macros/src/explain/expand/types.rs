//! Types out of the source, where nothing of it is in scope for certain.

use super::tokens_of;
use crate::quote::{Tokens, quote};
use pinsight_machine::views::rust_type_name;
use pinsight_machine::{Role, Slot, StateKind};
use proc_macro2::{Ident, Span};

/// The types of the fields of one enum. A primitive type, and what the standard library has in every scope, is written as it is.
/// Whatever else there is may be known under this name only inside of the function, or have lifetimes that are not written: it
/// becomes a parameter of the enum, with the name of the type.
pub(super) struct Types {
    /// The text of a type, and the parameter that stands for it.
    parameters: Vec<(String, Ident)>,
    taken: Vec<String>,
    borrows: bool,
}

const PRIMITIVE: [&str; 17] = [
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
    "usize", "str",
];
/// With the number of their parameters.
const EVERYWHERE: [(&str, usize); 5] = [("String", 0), ("Vec", 1), ("Option", 1), ("Box", 1), ("Result", 2)];

impl Types {
    /// `name` is that of the enum.
    pub(super) fn beside(name: &str) -> Self {
        let taken = EVERYWHERE.iter().map(|(known, _)| *known).chain([name, "Self"]).map(str::to_owned).collect();
        Types { parameters: Vec::new(), taken, borrows: false }
    }

    /// `<'machine, T>`
    pub(super) fn parameters(&self) -> Tokens {
        let lifetime = self.borrows.then(|| quote!('machine));
        let types = self.parameters.iter().map(|(_, name)| quote!(#name));
        let all: Vec<Tokens> = lifetime.into_iter().chain(types).collect();
        if all.is_empty() { Tokens::default() } else { quote!(<#(#all),*>) }
    }

    pub(super) fn of_slot(&mut self, slot: &Slot, state: StateKind) -> Tokens {
        let hint = match (slot.role, state) {
            (Role::Awaitee, StateKind::Suspended(number)) => format!("Awaitee{number}"),
            _ => rust_type_name(slot.name.strip_prefix("r#").unwrap_or(&slot.name)),
        };
        match slot.type_name.as_deref().and_then(|text| syn::parse_str::<syn::Type>(text).ok()) {
            Some(ty) if !matches!(ty, syn::Type::Infer(_)) => self.of(&ty, &hint),
            // Of two values with one name it is not known whether their types are the same; in other states they mostly are.
            _ => self.parameter(format!("?{}", slot.name), &hint),
        }
    }

    fn of(&mut self, ty: &syn::Type, hint: &str) -> Tokens {
        match ty {
            syn::Type::Reference(reference) => {
                self.borrows = true;
                let mutability = reference.mutability.is_some().then(|| quote!(mut));
                let inner = self.of(&reference.elem, hint);
                quote!(&'machine #mutability #inner)
            }
            syn::Type::Paren(inner) => self.of(&inner.elem, hint),
            syn::Type::Group(inner) => self.of(&inner.elem, hint),
            syn::Type::Slice(slice) => {
                let inner = self.of(&slice.elem, hint);
                quote!([#inner])
            }
            syn::Type::Array(syn::TypeArray { elem, len: syn::Expr::Lit(len), .. }) => {
                let (inner, len) = (self.of(elem, hint), tokens_of(len));
                quote!([#inner; #len])
            }
            syn::Type::Tuple(tuple) => {
                let inner: Vec<Tokens> = tuple.elems.iter().map(|inner| self.of(inner, hint)).collect();
                if inner.is_empty() { quote!(()) } else { quote!((#(#inner),*,)) }
            }
            syn::Type::Path(path) if path.qself.is_none() => {
                self.of_path(&path.path, hint).unwrap_or_else(|| self.parameter_of(ty, path.path.segments.last(), hint))
            }
            other => self.parameter_of(other, None, hint),
        }
    }

    fn of_path(&mut self, path: &syn::Path, hint: &str) -> Option<Tokens> {
        let name = path.get_ident().or_else(|| {
            let segment = path.segments.first().filter(|_| path.segments.len() == 1 && path.leading_colon.is_none())?;
            Some(&segment.ident)
        })?;
        let text = name.to_string();
        let arguments = match &path.segments.first()?.arguments {
            syn::PathArguments::None if PRIMITIVE.contains(&text.as_str()) => return Some(quote!(#name)),
            syn::PathArguments::None => Vec::new(),
            syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().collect(),
            _ => return None,
        };
        let (_, expected) = EVERYWHERE.iter().find(|(known, _)| text == *known)?;
        let mut types = Vec::new();
        for argument in arguments {
            let syn::GenericArgument::Type(ty) = argument else { return None };
            types.push(ty);
        }
        if types.len() != *expected {
            return None;
        }
        let types: Vec<Tokens> = types.into_iter().map(|ty| self.of(ty, hint)).collect();
        Some(if types.is_empty() { quote!(#name) } else { quote!(#name<#(#types),*>) })
    }

    fn parameter_of(&mut self, ty: &syn::Type, last: Option<&syn::PathSegment>, hint: &str) -> Tokens {
        let name = last.map_or_else(|| hint.to_owned(), |last| last.ident.to_string());
        self.parameter(tokens_of(ty).squeezed(), &name)
    }

    /// The parameter that stands for this text.
    fn parameter(&mut self, text: String, name: &str) -> Tokens {
        if let Some((_, known)) = self.parameters.iter().find(|(other, _)| *other == text) {
            return quote!(#known);
        }
        let is_taken = |name: &str| {
            self.taken.iter().any(|taken| taken == name) || self.parameters.iter().any(|(_, other)| other == name)
        };
        let name = name.strip_prefix("r#").unwrap_or(name);
        let name = if syn::parse_str::<Ident>(name).is_ok() { name.to_owned() } else { "Value".to_owned() };
        let mut free = name.clone();
        let mut number = 1;
        while is_taken(&free) || PRIMITIVE.contains(&free.as_str()) {
            number += 1;
            free = format!("{name}{number}");
        }
        let parameter = Ident::new(&free, Span::call_site());
        self.parameters.push((text, parameter.clone()));
        quote!(#parameter)
    }
}
