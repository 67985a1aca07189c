//! Tokens to [`Item`]. What cannot be read stays what it is, without a word: it is being typed, or the compiler says it better.

use super::messages;
use super::model::{Body, Function, Impl, Item, Module, Place};
use super::split::{Head, Piece, piece, pieces};
use crate::diagnostics::Diagnostics;
use crate::quote::Tokens;
use crate::tokens::Cursor;
use pinsight_lowering::{Edition, Source, predict_fn};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// The item of the attribute. It is an error if there is nothing in it to explain.
pub(super) fn item(tokens: TokenStream, edition: Edition, diagnostics: &mut Diagnostics) -> Item {
    let original: Tokens = tokens.into();
    let piece = piece(original.clone());
    let first = Cursor::new(piece.rest.clone()).next();
    let reader = Reader { edition };
    match piece.head {
        Head::Unfinished => {}
        Head::Other if first.is_none() => {}
        Head::Other | Head::EndsWithSemicolon => diagnostics.error(first, messages::not_a_function()),
        Head::Function => match read_function(&piece.rest) {
            Read::Function(function) => match reader.function(piece, *function, None) {
                Ok(function) => return Item::Function(Box::new(function)),
                Err(function) => {
                    let name = function.sig.ident.to_string();
                    diagnostics.error(&function.sig.ident, messages::not_async(&name, returns_future(&function)));
                }
            },
            Read::WithoutBody(name) => diagnostics.error(name, messages::without_body()),
            Read::Nothing => {}
        },
        Head::Impl | Head::Module => {
            let is_impl = piece.head == Head::Impl;
            let item = reader.item(piece, None);
            match &item {
                Item::Other(_) => {}
                // Functions with an attribute of their own have seen to themselves.
                Item::Impl(_) | Item::Module(_) if item.functions().is_empty() && !mentions(&original, "async") => {
                    diagnostics.error(first, messages::nothing_async(if is_impl { "impl" } else { "module" }));
                }
                _ => return item,
            }
        }
    }
    Item::Other(original)
}

struct Reader {
    edition: Edition,
}

impl Reader {
    /// An item inside of an impl or a module; `self_type` is that of the impl.
    fn item(&self, piece: Piece, self_type: Option<&str>) -> Item {
        let found = match piece.head {
            _ if piece.attributes.iter().any(is_ours) => None,
            Head::Function => match read_function(&piece.rest) {
                Read::Function(function) => {
                    let copy = Piece { attributes: piece.attributes.clone(), rest: piece.rest.clone(), ..piece };
                    let function = self.function(copy, *function, Some(self_type));
                    function.ok().map(|function| Item::Function(Box::new(function)))
                }
                _ => None,
            },
            Head::Impl => self.implementation(&piece).map(|item| Item::Impl(Box::new(item))),
            Head::Module => self.module(&piece).map(Item::Module),
            _ => None,
        };
        found.unwrap_or_else(|| Item::Other(piece.attributes.into_iter().flatten().chain(piece.rest).collect()))
    }

    fn items(&self, brace: &Group, self_type: Option<&str>) -> Vec<Item> {
        pieces(brace.stream()).into_iter().map(|piece| self.item(piece, self_type)).collect()
    }

    fn implementation(&self, piece: &Piece) -> Option<Impl> {
        let (header, brace) = header_and_brace(&piece.rest)?;
        let item: syn::ItemImpl = with_empty_braces(&header)?;
        let name = type_name(&item.self_ty);
        let items = self.items(&brace, Some(&name));
        Some(Impl {
            cfgs: cfgs(&piece.attributes),
            attributes: piece.attributes.iter().flatten().cloned().collect(),
            header,
            generics: item.generics,
            of_trait: item.trait_.map(|(path, _)| path),
            self_type: *item.self_ty,
            body: Body { brace, items },
        })
    }

    fn module(&self, piece: &Piece) -> Option<Module> {
        let (header, brace) = header_and_brace(&piece.rest)?;
        let items = self.items(&brace, None);
        let attributes = piece.attributes.iter().flatten().cloned().collect();
        Some(Module { attributes, header, body: Body { brace, items } })
    }

    /// `around` is `None` where it is not known what the function is in, else the type of the impl that it is in, if any.
    fn function(
        &self,
        piece: Piece,
        item: syn::ItemFn,
        around: Option<Option<&str>>,
    ) -> Result<Function, Box<syn::ItemFn>> {
        let place = match around {
            Some(Some(_)) => Place::Impl,
            None if item.sig.receiver().is_some() || mentions(&piece.rest, "Self") => Place::SomeImpl,
            _ => Place::Free,
        };
        let owner = match (place, around) {
            (Place::Free, _) => "",
            (_, Some(Some(name))) => name,
            _ => "Self",
        };
        let source = Source { file: String::new(), edition: self.edition };
        let Some(prediction) = predict_fn(&item.sig, &item.block, owner, &source) else { return Err(Box::new(item)) };
        Ok(Function {
            cfgs: cfgs(&piece.attributes),
            attributes: piece.attributes.into_iter().flatten().collect(),
            visibility: Cursor::new(piece.rest.clone()).visibility(),
            rest: piece.rest,
            signature: item.sig,
            prediction,
            place,
        })
    }
}

enum Read {
    Function(Box<syn::ItemFn>),
    /// A method that a trait requires.
    WithoutBody(TokenTree),
    Nothing,
}

fn read_function(tokens: &Tokens) -> Read {
    let stream: TokenStream = tokens.clone().into();
    let method = || syn::parse2::<syn::ImplItemFn>(stream.clone()).ok();
    let from_method = |method: syn::ImplItemFn| syn::ItemFn {
        attrs: method.attrs,
        vis: method.vis,
        modifiers: syn::FnModifiers::default(),
        sig: method.sig,
        block: Box::new(method.block),
    };
    if let Ok(function) = syn::parse2::<syn::ItemFn>(stream.clone()) {
        return Read::Function(Box::new(function));
    }
    if let Some(method) = method() {
        return Read::Function(Box::new(from_method(method)));
    }
    match syn::parse2::<syn::TraitItemFn>(stream.clone()) {
        Ok(required) => Read::WithoutBody(required.sig.ident.into()),
        Err(_) => Read::Nothing,
    }
}

/// Whether somebody could think that it is one of ours.
fn returns_future(function: &syn::ItemFn) -> bool {
    let mut tokens = TokenStream::new();
    ::quote::ToTokens::to_tokens(&function.sig.output, &mut tokens);
    mentions(&tokens.into(), "Future")
}

fn header_and_brace(rest: &Tokens) -> Option<(Tokens, Group)> {
    let mut header: Vec<TokenTree> = rest.iter().cloned().collect();
    match header.pop() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
            Some((header.into_iter().collect(), group))
        }
        _ => None,
    }
}

fn with_empty_braces<T: syn::parse::Parse>(header: &Tokens) -> Option<T> {
    let mut tokens: TokenStream = header.clone().into();
    tokens.extend([TokenTree::Group(Group::new(Delimiter::Brace, TokenStream::new()))]);
    syn::parse2(tokens).ok()
}

/// Whether this is an `#[explain]`: then the function speaks for itself.
fn is_ours(attribute: &[TokenTree; 2]) -> bool {
    let path = path_of(attribute);
    path.last().is_some_and(|last| last == "explain")
}

/// The identifiers of the path of an attribute.
fn path_of(attribute: &[TokenTree; 2]) -> Vec<String> {
    let [_, TokenTree::Group(bracket)] = attribute else { return Vec::new() };
    let of_path = bracket.stream().into_iter().map_while(|token| match token {
        TokenTree::Ident(ident) => Some(Some(ident.to_string())),
        TokenTree::Punct(punct) if punct.as_char() == ':' => Some(None),
        _ => None,
    });
    of_path.flatten().collect()
}

fn cfgs(attributes: &[[TokenTree; 2]]) -> Tokens {
    attributes.iter().filter(|attribute| path_of(attribute) == ["cfg"]).flatten().cloned().collect()
}

/// Whether this identifier is anywhere in it.
pub(super) fn mentions(tokens: &Tokens, name: &str) -> bool {
    tokens.iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == name,
        TokenTree::Group(group) => mentions(&group.stream().into(), name),
        _ => false,
    })
}

/// A type as part of a path: without its arguments.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        _ => String::new(),
    }
}
