//! A type that is known as it is written: at the local, at the field, or at the function that returns it.

use std::rc::Rc;

use quote::ToTokens as _;
use syn::visit::Visit;
use syn::{GenericArgument, PathArguments, Type};

use super::receiver::{Receiver, called_by};
use super::{Classes, std_names};

/// A type, or what a literal says of its type.
#[derive(Clone)]
pub(crate) enum KnownType {
    Type(Rc<Type>),
    /// The future of an async function that returns that.
    FutureOf(Rc<Type>),
    /// A number, a `bool` or a `char`.
    Primitive,
    /// The parts of a tuple.
    Tuple(Rc<[(Classes, Option<KnownType>)]>),
    Array(Classes),
    /// How calling it takes it.
    Closure(Classes, Receiver),
}

impl std::fmt::Debug for KnownType {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            KnownType::Type(_) => "Type",
            KnownType::FutureOf(_) => "FutureOf",
            KnownType::Primitive => "Primitive",
            KnownType::Tuple(_) => "Tuple",
            KnownType::Array(_) => "Array",
            KnownType::Closure(..) => "Closure",
        })
    }
}

impl PartialEq for KnownType {
    fn eq(&self, other: &KnownType) -> bool {
        let text = |ty: &Type| ty.to_token_stream().to_string();
        match (self, other) {
            (KnownType::Type(own), KnownType::Type(other)) | (KnownType::FutureOf(own), KnownType::FutureOf(other)) => {
                Rc::ptr_eq(own, other) || text(own) == text(other)
            }
            (KnownType::Primitive, KnownType::Primitive) => true,
            _ => false,
        }
    }
}

impl KnownType {
    pub(crate) fn new(ty: &Type) -> Option<KnownType> {
        match ty {
            Type::Infer(_) => None,
            _ => Some(KnownType::Type(Rc::new(ty.clone()))),
        }
    }

    pub(crate) fn ty(&self) -> Option<&Rc<Type>> {
        match self {
            KnownType::Type(ty) => Some(ty),
            _ => None,
        }
    }

    pub(crate) fn is_reference(&self) -> bool {
        matches!(self, KnownType::Type(ty) if matches!(**ty, Type::Reference(_)))
    }

    /// Whether a comparison or an operator reads it, and calls no function.
    pub(crate) fn is_primitive(&self) -> bool {
        match self {
            KnownType::Primitive => true,
            KnownType::Type(ty) => last_name(ty).is_some_and(|name| std_names::is_primitive(&name)),
            _ => false,
        }
    }

    /// Whether its parts lie in it, and not behind a pointer that is looked through without a sign of it.
    pub(crate) fn owns_parts(&self) -> bool {
        match self {
            KnownType::Tuple(_) | KnownType::Array(_) | KnownType::Closure(..) => true,
            KnownType::Type(ty) => matches!(**ty, Type::Tuple(_) | Type::Array(_)),
            _ => false,
        }
    }

    /// The classes of the parts of a tuple.
    pub(crate) fn elements(&self, classes_of: impl Fn(&Type) -> Classes) -> Option<Vec<Classes>> {
        match self {
            KnownType::Tuple(parts) => Some(parts.iter().map(|(classes, _)| *classes).collect()),
            KnownType::Type(ty) => match &**ty {
                Type::Tuple(tuple) => Some(tuple.elems.iter().map(classes_of).collect()),
                _ => None,
            },
            _ => None,
        }
    }

    /// How a call of it takes it.
    pub(crate) fn called(&self) -> Option<Receiver> {
        let bounds = match self {
            KnownType::Closure(_, called) => return Some(*called),
            KnownType::Type(ty) => match &**ty {
                Type::FnPtr(_) => return Some(Receiver::ByValue),
                Type::ImplTrait(opaque) => &opaque.bounds,
                Type::Reference(reference) => return KnownType::new(&reference.elem)?.called(),
                _ => return None,
            },
            _ => return None,
        };
        called_by(bounds.iter())
    }

    /// What `.await` gives.
    pub(crate) fn awaited(&self) -> Option<KnownType> {
        match self {
            KnownType::FutureOf(output) => Some(KnownType::Type(output.clone())),
            KnownType::Type(ty) => match last_name(ty)?.as_str() {
                "BoxFuture" | "LocalBoxFuture" => argument(ty, 0),
                "JoinHandle" => None,
                _ => None,
            },
            _ => None,
        }
    }

    /// What `?` or `unwrap` gives.
    pub(crate) fn tried(&self) -> Option<KnownType> {
        let ty = self.ty()?;
        let name = last_name(ty)?;
        // `io::Result<T>`, `RedisResult<T>`.
        (name == "Option" || name.ends_with("Result")).then(|| argument(ty, 0)).flatten()
    }

    /// What a `for` loop over it gives, and how: by value or by a reference of that kind.
    pub(crate) fn element(&self) -> Option<KnownType> {
        let ty = self.ty()?;
        match &**ty {
            Type::Array(array) => KnownType::new(&array.elem),
            _ => match last_name(ty)?.as_str() {
                "Vec" | "VecDeque" | "HashSet" | "BTreeSet" | "Option" => argument(ty, 0),
                _ => None,
            },
        }
    }

    /// What `Some(x)`, `Ok(x)`, `Err(x)` bind, or a place in a tuple.
    pub(crate) fn part(&self, variant: &str, number: usize) -> Option<KnownType> {
        if let KnownType::Tuple(parts) = self {
            return parts.get(number).filter(|_| variant.is_empty())?.1.clone();
        }
        let ty = self.ty()?;
        if let Type::Tuple(tuple) = &**ty {
            return variant.is_empty().then(|| tuple.elems.iter().nth(number)).flatten().and_then(KnownType::new);
        }
        let name = last_name(ty)?;
        match variant {
            "Some" if name == "Option" => argument(ty, 0),
            "Ok" if name.ends_with("Result") => argument(ty, 0),
            "Err" if name == "Result" => argument(ty, 1),
            "Ready" if name == "Poll" => argument(ty, 0),
            _ => None,
        }
    }

    /// Without references around it, and whether there was one.
    pub(crate) fn peeled(&self) -> Option<(KnownType, Option<bool>)> {
        let mut ty = self.ty()?.clone();
        let mut is_unique = None;
        while let Type::Reference(reference) = &*ty {
            is_unique = Some(reference.mutability.is_some() && is_unique != Some(false));
            ty = Rc::new((*reference.elem).clone());
        }
        Some((KnownType::Type(ty), is_unique))
    }

    /// The last name of its path.
    pub(crate) fn name(&self) -> Option<String> {
        last_name(self.ty()?)
    }
}

pub(crate) fn last_name(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        Type::Group(group) => last_name(&group.elem),
        Type::Paren(paren) => last_name(&paren.elem),
        _ => None,
    }
}

fn argument(ty: &Type, number: usize) -> Option<KnownType> {
    let Type::Path(path) = ty else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else { return None };
    let mut types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    KnownType::new(types.nth(number)?)
}

/// Whether a type mentions one of these names: a parameter means nothing outside of its item.
pub(crate) fn mentions(ty: &Type, names: &[String]) -> bool {
    struct Finder<'n>(&'n [String], bool);
    impl Visit<'_> for Finder<'_> {
        fn visit_path(&mut self, path: &syn::Path) {
            let first = path.segments.first().map(|first| first.ident.to_string());
            self.1 |= first.is_some_and(|first| self.0.contains(&first));
            syn::visit::visit_path(self, path);
        }
    }
    let mut finder = Finder(names, false);
    finder.visit_type(ty);
    finder.1
}
