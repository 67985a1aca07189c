//! The projections in an expansion, against the type that was projected: both as syn reads them.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Data, DeriveInput, Field, Fields, File, GenericArgument, GenericParam, Item, PathArguments, Type, Visibility,
};

/// The same tokens, apart from spaces, or what is different.
pub(crate) fn tokens(what: &str, found: &impl ToTokens, expected: &impl ToTokens) -> Result<(), String> {
    let (found, expected) = (squeezed(found), squeezed(expected));
    if found == expected { Ok(()) } else { Err(format!("{what}: found\n  {found}\nexpected\n  {expected}")) }
}

fn squeezed(tokens: &impl ToTokens) -> String {
    let mut text = tokens.to_token_stream().to_string();
    text.retain(|sign| sign != ' ');
    // Commas behind the last one mean nothing.
    text.replace(",>", ">").replace(",)", ")").replace(",}", "}")
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Mut,
    Ref,
    Own,
}

pub(crate) struct Compared<'a> {
    item: &'a DeriveInput,
    projections: Vec<(Kind, DeriveInput)>,
}

impl<'a> Compared<'a> {
    pub(crate) fn new(item: &'a DeriveInput, file: &File) -> Result<Self, String> {
        let find = |name: &str| {
            let found = file.items.iter().find_map(|item| match item {
                Item::Struct(item) if item.ident == name => Some(DeriveInput::from(item.clone())),
                Item::Enum(item) if item.ident == name => Some(item.clone().into()),
                _ => None,
            });
            found.ok_or_else(|| format!("there is no projection `{name}`"))
        };
        let projections = vec![
            (Kind::Mut, find("PinsightMut")?),
            (Kind::Ref, find("PinsightRef")?),
            (Kind::Own, find("PinsightOwn")?),
        ];
        Ok(Self { item, projections })
    }

    pub(crate) fn all(&self) -> Result<(), String> {
        for (kind, projection) in &self.projections {
            self.generics(projection)?;
            self.data(*kind, projection)?;
        }
        Ok(())
    }

    /// Parameters with bounds and defaults, lifetimes first, and predicates. One lifetime and one predicate are added.
    fn generics(&self, projection: &DeriveInput) -> Result<(), String> {
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for parameter in &self.item.generics.params {
            let mut parameter = parameter.clone();
            match &mut parameter {
                GenericParam::Lifetime(parameter) => parameter.attrs.clear(),
                GenericParam::Type(parameter) => parameter.attrs.clear(),
                GenericParam::Const(parameter) => parameter.attrs.clear(),
            }
            expected.push(self.spelled_out(parameter.to_token_stream()));
        }
        found.extend(projection.generics.params.iter().map(ToTokens::to_token_stream));
        let added = found.len().checked_sub(expected.len()).ok_or("a parameter is missing")?;
        if added > 1 {
            return Err(format!("{added} parameters are added"));
        }
        tokens("parameters", &quote!(#(#found,)*), &{
            let added = found.iter().take(added);
            quote!(#(#added,)* #(#expected,)*)
        })?;
        let predicates = |item: &DeriveInput| -> Vec<TokenStream> {
            let clause = item.generics.where_clause.iter();
            clause.flat_map(|clause| clause.predicates.iter().map(ToTokens::to_token_stream)).collect()
        };
        let found: Vec<_> = predicates(projection);
        let expected: Vec<_> = predicates(self.item).into_iter().map(|tokens| self.spelled_out(tokens)).collect();
        let added = found.iter().skip(expected.len());
        if added.len() > 1 {
            return Err(format!("{} predicates are added", added.len()));
        }
        tokens("predicates", &quote!(#(#found,)*), &quote!(#(#expected,)* #(#added,)*))
    }

    fn data(&self, kind: Kind, projection: &DeriveInput) -> Result<(), String> {
        match (&self.item.data, &projection.data) {
            (Data::Struct(written), Data::Struct(found)) => self.fields(kind, &written.fields, &found.fields, true),
            (Data::Enum(written), Data::Enum(found)) => {
                if written.variants.len() != found.variants.len() {
                    return Err(format!("{} variants, and not {}", found.variants.len(), written.variants.len()));
                }
                for (written, found) in written.variants.iter().zip(&found.variants) {
                    tokens("variant", &found.ident, &written.ident)?;
                    self.fields(kind, &written.fields, &found.fields, false)?;
                }
                Ok(())
            }
            _ => Err("a struct is an enum".into()),
        }
    }

    fn fields(&self, kind: Kind, written: &Fields, found: &Fields, of_struct: bool) -> Result<(), String> {
        if std::mem::discriminant(written) != std::mem::discriminant(found) || written.len() != found.len() {
            return Err(format!("{} fields, and not {}", found.len(), written.len()));
        }
        for (written, found) in written.iter().zip(found) {
            tokens("field", &found.ident, &written.ident)?;
            let private = Visibility::Inherited;
            tokens("visibility", &found.vis, if of_struct { &written.vis } else { &private })?;
            let expected = self.spelled_out(without_parentheses(&written.ty).to_token_stream());
            let ty = taken_out(&found.ty, kind, is_pinned(written)).ok_or_else(|| {
                format!(
                    "the type of a field, which is {}: {}",
                    written.ty.to_token_stream(),
                    found.ty.to_token_stream()
                )
            })?;
            tokens("type", ty, &expected)?;
        }
        Ok(())
    }

    /// `Self` as the projection has to say it.
    fn spelled_out(&self, tokens: TokenStream) -> TokenStream {
        let (name, arguments) = (&self.item.ident, self.item.generics.split_for_impl().1);
        spelled_out(tokens, &quote!(#name #arguments))
    }
}

fn spelled_out(tokens: TokenStream, this: &TokenStream) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut output = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(ident) if ident == "Self" => {
                let leads_a_path = matches!(tokens.peek(), Some(TokenTree::Punct(colon))
                    if colon.as_char() == ':' && colon.spacing() == Spacing::Joint);
                output.extend(if leads_a_path { quote!(<#this>) } else { this.clone() });
            }
            TokenTree::Group(group) => {
                output.extend([TokenTree::Group(Group::new(group.delimiter(), spelled_out(group.stream(), this)))]);
            }
            token => output.extend([token]),
        }
    }
    output
}

fn is_pinned(field: &Field) -> bool {
    field.attrs.iter().any(|attribute| attribute.path().is_ident("pin"))
}

/// The user's type out of `Pin<&'pin mut T>`, `&'pin mut T` and the like.
fn taken_out(ty: &Type, kind: Kind, pinned: bool) -> Option<&Type> {
    let inner = match (kind, pinned) {
        (Kind::Own, false) => return Some(without_parentheses(ty)),
        (Kind::Own, true) => return argument_of(ty, "PhantomData").map(without_parentheses),
        (_, true) => argument_of(ty, "Pin")?,
        (_, false) => ty,
    };
    let Type::Reference(reference) = inner else { return None };
    let right = reference.mutability.is_some() == (kind == Kind::Mut);
    right.then(|| without_parentheses(&reference.elem))
}

fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    match &last.arguments {
        PathArguments::AngleBracketed(list) if last.ident == name => match list.args.first()? {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        },
        _ => None,
    }
}

/// They mean nothing around a whole type, and what stands behind a reference has some.
fn without_parentheses(ty: &Type) -> &Type {
    match ty {
        Type::Paren(ty) => without_parentheses(&ty.elem),
        ty => ty,
    }
}
