//! What can be told of a type by its tokens alone, found in one walk over them: to ask a name for its text is most of what reading a
//! type costs.

use super::fresh::Taken;
use super::model::{Generics, Seen};
use crate::tokens::is_punct;
use proc_macro2::TokenTree;

/// Names of types that every crate has.
const NAMES: [&str; 21] = [
    "Box", "Option", "Result", "String", "Vec", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "str",
    "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Looks at types, and collects the names in them.
pub(crate) struct Eye<'a> {
    /// The names of the type parameters.
    parameters: Vec<String>,
    taken: &'a mut Taken,
}

impl<'a> Eye<'a> {
    /// Begins with the parameters.
    pub(crate) fn new(generics: &Generics, taken: &'a mut Taken) -> Self {
        for parameter in &generics.parameters {
            taken.add(parameter.declaration.iter());
            taken.add(parameter.default.iter());
        }
        let parameters = generics.type_parameters().filter_map(|name| match name.iter().next() {
            Some(TokenTree::Ident(name)) => Some(name.to_string()),
            _ => None,
        });
        Self { parameters: parameters.collect(), taken }
    }

    pub(crate) fn look<'t>(&mut self, ty: impl Iterator<Item = &'t TokenTree>) -> Seen {
        let mut seen = Seen { is_parameter: false, is_plain: true, mentions_self: false, is_path_like: true };
        let mut after_tick = false;
        for (index, token) in ty.enumerate() {
            let is_lifetime = std::mem::replace(&mut after_tick, is_punct(token, '\''));
            let mut is_parameter = false;
            match token {
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    is_parameter = self.parameters.contains(&name);
                    seen.mentions_self |= name == "Self";
                    seen.is_plain &= is_lifetime || is_parameter || NAMES.binary_search(&name.as_str()).is_ok();
                    seen.is_path_like &= index > 0 || (name != "dyn" && name != "for");
                    self.taken.name(name, is_lifetime);
                }
                TokenTree::Group(group) => {
                    let tokens: Vec<_> = group.stream().into_iter().collect();
                    let inner = self.look(tokens.iter());
                    is_parameter = inner.is_parameter && group.delimiter() == proc_macro2::Delimiter::None;
                    seen.is_plain &= inner.is_plain;
                    seen.mentions_self |= inner.mentions_self;
                    seen.is_path_like &= index > 0;
                }
                TokenTree::Punct(punct) => {
                    seen.is_plain &= punct.as_char() != ':';
                    seen.is_path_like &= index > 0 && punct.as_char() != '+';
                }
                TokenTree::Literal(_) => seen.is_path_like &= index > 0,
            }
            seen.is_parameter = index == 0 && is_parameter;
        }
        seen
    }
}
