//! The functions, methods and macros of a package.

use std::collections::BTreeMap;

use syn::visit::Visit;
use syn::{FnArg, ReceiverKind, ReturnType};

use super::{Function, type_name};
use crate::Package;
use crate::types::{Classes, Generics, KnownType, Receiver, classes_of, may_lend, mentions};

/// The functions by their names, and the names of the macros.
pub(super) fn find(files: &[syn::File], package: &Package) -> (BTreeMap<String, Function>, Vec<String>) {
    let mut functions =
        Functions { package, generics: Generics::default(), own: None, found: BTreeMap::new(), macros: Vec::new() };
    files.iter().for_each(|file| functions.visit_file(file));
    (functions.found, functions.macros)
}

struct Functions<'p> {
    package: &'p Package,
    generics: Generics,
    /// The type of the impl around.
    own: Option<String>,
    found: BTreeMap<String, Function>,
    macros: Vec<String>,
}

impl Functions<'_> {
    fn add(&mut self, signature: &syn::Signature, attributes: &[syn::Attribute]) {
        if !self.package.is_active(attributes) {
            return;
        }
        let mut generics = self.generics.clone();
        generics.add(&signature.generics);
        let receiver = match signature.inputs.first() {
            Some(FnArg::Receiver(receiver)) => match &receiver.kind {
                ReceiverKind::Reference(..) => Some(Receiver::ByReference),
                ReceiverKind::Typed(_, ty) if matches!(**ty, syn::Type::Reference(_)) => Some(Receiver::ByReference),
                _ => Some(Receiver::ByValue),
            },
            _ => None,
        };
        let (returns, lends) = match &signature.output {
            // The future of an async function holds all that it was given.
            _ if signature.asyncness.is_some() => (Classes::DROP, true),
            ReturnType::Default => (Classes::COPY, false),
            ReturnType::Type(_, ty) => (self.returned(ty, &generics), may_lend(ty)),
        };
        let name = signature.ident.to_string();
        let qualified = self.own.as_ref().map(|own| format!("{own}::{name}"));
        let output = self.output(signature, &generics);
        for name in qualified.into_iter().chain([name]) {
            self.add_named(name, Function { receiver, returns, lends, output: output.clone() });
        }
    }

    /// `Self` is the type of the impl.
    fn returned(&self, ty: &syn::Type, generics: &Generics) -> Classes {
        match (ty, &self.own) {
            (syn::Type::Path(path), Some(own)) if path.path.is_ident("Self") => {
                self.package.type_classes(own).unwrap_or(Classes::NAMED)
            }
            _ => classes_of(ty, generics, self.package.types()),
        }
    }

    fn output(&self, signature: &syn::Signature, generics: &Generics) -> Option<KnownType> {
        let ReturnType::Type(_, ty) = &signature.output else { return None };
        let known = match (&**ty, &self.own) {
            (syn::Type::Path(path), Some(own)) if path.path.is_ident("Self") => {
                KnownType::new(&syn::parse_str(own).ok()?)?
            }
            _ => KnownType::new(ty)?,
        };
        let mut parameters = generics.names();
        parameters.push("Self".to_owned());
        let ty = known.ty()?;
        if mentions(ty, &parameters) {
            return None;
        }
        Some(if signature.asyncness.is_some() { KnownType::FutureOf(ty.clone()) } else { known })
    }

    fn add_named(&mut self, name: String, function: Function) {
        let Function { receiver, returns, lends, output } = function;
        match self.found.get_mut(&name) {
            None => {
                self.found.insert(name, Function { receiver, returns, lends, output });
            }
            Some(known) => {
                known.returns = known.returns | returns;
                known.lends |= lends;
                known.output = known.output.take().filter(|known| Some(known) == output.as_ref());
                if receiver.is_some() && known.receiver != receiver {
                    known.receiver = Some(match known.receiver {
                        None => receiver.unwrap_or(Receiver::Unknown),
                        Some(_) => Receiver::Unknown,
                    });
                }
            }
        }
    }

    fn inside(&mut self, generics: &syn::Generics, visit: impl FnOnce(&mut Self)) {
        let around = self.generics.clone();
        self.generics.add(generics);
        visit(self);
        self.generics = around;
    }
}

impl Visit<'_> for Functions<'_> {
    fn visit_item_fn(&mut self, function: &syn::ItemFn) {
        self.add(&function.sig, &function.attrs);
        syn::visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &syn::ImplItemFn) {
        self.add(&function.sig, &function.attrs);
    }

    fn visit_trait_item_fn(&mut self, function: &syn::TraitItemFn) {
        self.add(&function.sig, &function.attrs);
    }

    fn visit_item_impl(&mut self, item: &syn::ItemImpl) {
        let own = type_name(&item.self_ty);
        let around = self.own.replace(own);
        self.inside(&item.generics, |functions| syn::visit::visit_item_impl(functions, item));
        self.own = around;
    }

    fn visit_item_trait(&mut self, item: &syn::ItemTrait) {
        self.inside(&item.generics, |functions| syn::visit::visit_item_trait(functions, item));
    }

    fn visit_item_macro(&mut self, item: &syn::ItemMacro) {
        self.macros.extend(item.ident.as_ref().map(ToString::to_string));
    }
}
