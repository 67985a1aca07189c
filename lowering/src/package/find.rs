//! The async bodies of a file, and their predictions.

use syn::parse::Parser as _;
use syn::visit::Visit;

use super::{Package, type_name};
use crate::lower::{Body, build};
use crate::types::Generics;
use crate::{Prediction, Source, predict};

impl Package {
    /// Does what [`predict_file`](crate::predict_file) does, with what is known of the package.
    ///
    /// # Errors
    ///
    /// Fails if the text is not a Rust file.
    pub fn predict_file(&self, text: &str, source: &Source) -> syn::Result<Vec<Prediction>> {
        let mut finder = Finder {
            source,
            package: self,
            path: Vec::new(),
            generics: vec![Generics::default()],
            own_type: None,
            found: Vec::new(),
        };
        finder.visit_file(&syn::parse_file(text)?);
        Ok(finder.found)
    }
}

struct Finder<'s> {
    source: &'s Source,
    package: &'s Package,
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
        let bodies =
            build(Body { signature, block, generics, own_type, path, source: self.source, package: self.package });
        self.found.extend(predict::all(bodies, self.source));
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

impl Visit<'_> for Finder<'_> {
    fn visit_item(&mut self, item: &syn::Item) {
        if self.package.is_active(attributes(item)) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &syn::ItemMod) {
        self.path.push(module.ident.to_string());
        syn::visit::visit_item_mod(self, module);
        self.path.pop();
    }

    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.body(Some(&function.sig), &function.sig.ident.to_string(), &function.block);
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let name = type_name(&item.self_ty);
        let around = self.own_type.replace(name.clone());
        self.inside(name, &item.generics, |finder| syn::visit::visit_item_impl(finder, item));
        self.own_type = around;
    }

    fn visit_item_trait(&mut self, item: &syn::ItemTrait) {
        self.inside(item.ident.to_string(), &item.generics, |finder| syn::visit::visit_item_trait(finder, item));
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        if !self.package.is_active(&function.attrs) {
            return;
        }
        self.body(Some(&function.sig), &function.sig.ident.to_string(), &function.block);
    }

    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.body(Some(&function.sig), &function.sig.ident.to_string(), block);
        }
    }

    /// Many a macro repeats the items that it is given: `cfg_net! { … }`.
    fn visit_item_macro(&mut self, item: &syn::ItemMacro) {
        if item.ident.is_none()
            && let Ok(file) = syn::parse2::<syn::File>(item.mac.tokens.clone())
        {
            file.items.iter().for_each(|item| self.visit_item(item));
        }
    }

    fn visit_impl_item_macro(&mut self, item: &syn::ImplItemMacro) {
        if let Ok(items) = parse_impl_items.parse2(item.mac.tokens.clone()) {
            items.iter().for_each(|item| self.visit_impl_item(item));
        }
    }

    fn visit_item_const(&mut self, _: &syn::ItemConst) {}
}

fn attributes(item: &syn::Item) -> &[syn::Attribute] {
    match item {
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Trait(item) => &item.attrs,
        syn::Item::Macro(item) => &item.attrs,
        _ => &[],
    }
}

fn parse_impl_items(input: syn::parse::ParseStream<'_>) -> syn::Result<Vec<syn::ImplItem>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}
