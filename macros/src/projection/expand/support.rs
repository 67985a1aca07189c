//! Where the generated code finds what it rests on.

use crate::projection::fresh::FreshNames;
use crate::projection::model::{FacadePath, Item};
use crate::quote::{Tokens, quote};
use proc_macro2::TokenStream;

pub(super) struct Support {
    /// What has to stand in the `const _` so that `path` can be used.
    pub(super) declaration: Tokens,
    /// The module with the support items, in the words of `const _`.
    pub(super) path: Tokens,
    /// The module with the traits that users implement: the same one, unless the user has named it.
    pub(super) traits: Tokens,
}

/// The support items themselves: `pinsight::__private` is this very file.
const SUPPORT_ITEMS: &str = include_str!("support_items.rs");

/// The text is ours, so it parses: `pinsight::__private` consists of it.
pub(crate) fn support_items() -> TokenStream {
    SUPPORT_ITEMS.parse().unwrap_or_default()
}

impl Support {
    pub(super) fn of(item: &Item, fresh: &FreshNames) -> Self {
        let alias = &fresh.alias;
        let shared = |declaration| {
            let path = quote!(#alias::__private);
            Self { declaration, traits: path.clone(), path }
        };
        match &item.requests.facade {
            // `::pinsight` would find what `extern crate self as pinsight` makes of it; this cannot be redirected.
            FacadePath::Pinsight => shared(quote!(extern crate pinsight as #alias;)),
            FacadePath::PinProject => shared(quote!(extern crate pin_project as #alias;)),
            FacadePath::Ours(path) => {
                let path = quote!(#path::__private);
                Self { declaration: Tokens::default(), traits: path.clone(), path }
            }
            FacadePath::Named(path) => Self::without_trust(path, fresh),
        }
    }

    /// With `crate = path`, safe code decides what is found at the path. So what soundness rests on is declared on the
    /// spot, from `core`; only the traits that the user implements come from there.
    fn without_trust(path: &Tokens, fresh: &FreshNames) -> Self {
        let alias = &fresh.alias;
        let traits = fresh.unlike("__pinsight_traits");
        let genuine = fresh.unlike("__PinsightIsGenuine");
        let items = support_items();
        let declaration = quote! {
            use #path::__private as #traits;
            #[allow(dead_code, non_camel_case_types, unreachable_pub, clippy::pub_use, drop_bounds, missing_debug_implementations)]
            mod #alias { #items }
            struct #genuine;
            // SAFETY: nothing is ever done with this type. It is here because it does not compile unless the trait
            // at the user's path is an unsafe one, and has this member. So it is ours, and not another unsafe one that
            // safe code can implement, such as `Send`; who declares one like it has to write `unsafe`.
            unsafe impl #traits::UnsafeUnpin for #genuine { fn __is_unsafe_unpin() {} }
            impl<T: ?Sized + #traits::UnsafeUnpin> #alias::Unpin for #alias::ByTrait<'_, T> {}
        };
        Self { declaration, path: quote!(#alias), traits: quote!(#traits) }
    }
}
