//! The async bodies of a file.

use quote::ToTokens as _;
use syn::visit::Visit;

use crate::build::{Body, build};
use crate::types::Generics;
use crate::{Prediction, Source};

/// The predictions of all bodies of a file, in the order of the source.
pub(crate) fn find(file: &syn::File, source: &Source) -> Vec<Prediction> {
    let mut finder =
        Finder { source, path: Vec::new(), generics: vec![Generics::default()], own_type: None, found: Vec::new() };
    finder.visit_file(file);
    finder.found
}

struct Finder<'s> {
    source: &'s Source,
    path: Vec<String>,
    /// Those of each item around.
    generics: Vec<Generics>,
    own_type: Option<String>,
    found: Vec<Prediction>,
}

impl Finder<'_> {
    fn body(&mut self, signature: Option<&syn::Signature>, name: &str, block: &syn::Block) {
        self.path.push(name.to_owned());
        let generics = self.generics.last().cloned().unwrap_or_default();
        let path = self.path.join("::");
        let own_type = self.own_type.clone();
        self.found.extend(build(Body { signature, block, generics, own_type, path, source: self.source }));
        // Items inside of a body see nothing of it.
        syn::visit::visit_block(self, block);
        self.path.pop();
    }

    fn inside(&mut self, name: String, generics: &syn::Generics, visit: impl FnOnce(&mut Self)) {
        let mut inner = self.generics.last().cloned().unwrap_or_default();
        inner.add(generics);
        self.generics.push(inner);
        self.path.push(name);
        visit(self);
        self.path.pop();
        self.generics.pop();
    }
}

impl<'a> Visit<'a> for Finder<'_> {
    fn visit_item_mod(&mut self, module: &'a syn::ItemMod) {
        self.path.push(module.ident.to_string());
        syn::visit::visit_item_mod(self, module);
        self.path.pop();
    }

    fn visit_item_fn(&mut self, function: &'a syn::ItemFn) {
        self.body(Some(&function.sig), &function.sig.ident.to_string(), &function.block);
    }

    fn visit_item_impl(&mut self, item: &'a syn::ItemImpl) {
        let name = type_name(&item.self_ty);
        let around = self.own_type.replace(name.clone());
        self.inside(name, &item.generics, |finder| syn::visit::visit_item_impl(finder, item));
        self.own_type = around;
    }

    fn visit_item_trait(&mut self, item: &'a syn::ItemTrait) {
        self.inside(item.ident.to_string(), &item.generics, |finder| syn::visit::visit_item_trait(finder, item));
    }

    fn visit_impl_item_fn(&mut self, function: &'a syn::ImplItemFn) {
        self.body(Some(&function.sig), &function.sig.ident.to_string(), &function.block);
    }

    fn visit_trait_item_fn(&mut self, function: &'a syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(Some(&function.sig), &function.sig.ident.to_string(), block);
        }
    }

    fn visit_item_const(&mut self, _: &'a syn::ItemConst) {}
}

/// A type as part of a path: without its arguments.
fn type_name(ty: &syn::Type) -> String {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default(),
        syn::Type::Reference(reference) => type_name(&reference.elem),
        other => other.to_token_stream().to_string(),
    }
}
