//! What `lite::pin_project!` reads: everything is handed on, or reported.

use crate::projection;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

fn lite(input: TokenStream) -> String {
    projection::lite(quote!([$crate] #input)).to_string()
}

#[track_caller]
fn is_refused(input: TokenStream, message: &str) {
    let output = lite(input.clone());
    assert_eq!(output.matches("compile_error").count(), 1, "{input}: {output}");
    assert!(output.contains(message), "{input}: {output}");
}

#[track_caller]
fn arguments_are(input: TokenStream, arguments: &str) {
    let output = lite(input.clone());
    assert!(!output.contains("compile_error"), "{input}: {output}");
    assert!(output.contains(arguments), "{input}: {output}");
}

#[test]
fn attributes_have_one_meaning() {
    let item = quote!(
        struct S<T> {
            #[pin]
            t: T,
        }
    );
    arguments_are(quote!(#item), "");
    arguments_are(
        quote!(#[project = A] #[project_ref = B] #[project_replace = C] #[project(!Unpin)] #item),
        "project = A , project_ref = B , project_replace = C , ! Unpin ,",
    );
    arguments_are(quote!(#[project = r#type] #item), "project = r#type ,");
    arguments_are(quote!(#[r#project = A] #item), "project = A ,");
    let name = TokenTree::Group(Group::new(Delimiter::None, quote!(A)));
    let attribute = TokenTree::Group(Group::new(Delimiter::None, quote!(project = #name)));
    arguments_are(quote!(#[#attribute] #item), "project = A ,");

    let expected = "expected one name for the type that `project` returns";
    for wrong in [
        quote!(project),
        quote!(project =),
        quote!(project = type),
        quote!(project = self),
        quote!(project = _),
        quote!(project = "A"),
        quote!(project = crate::A),
        quote!(project = A, __crate crate::evil),
        quote!(project = A B),
        quote!(project A),
    ] {
        is_refused(quote!(#[#wrong] #item), expected);
    }
    is_refused(quote!(#[project = A] #[project = B] #item), "duplicate `project` argument");
    is_refused(quote!(#[project(!Unpin)] #[project(!Unpin)] #item), "duplicate `!Unpin` argument");
    is_refused(quote!(#[project()] #item), "unknown argument ``");
    is_refused(quote!(#[project(!Unpin, PinnedDrop)] #item), "unknown argument `!Unpin,PinnedDrop`");
    is_refused(quote!(#[project_ref(!Unpin)] #item), "unknown argument `!Unpin`");
    is_refused(quote!(#[project(!Un pin)] #item), "unknown argument `!Unpin`");
    is_refused(quote!(#[project(!Unpin) garbage] #item), "unknown argument `!Unpin`");
    is_refused(quote!(#[pin(__private(__crate crate::evil))] #item), "not expected here: `#[pin]` belongs on a field");
}

#[test]
fn a_comma_is_added_where_the_peer_needs_none() {
    for (written, meant) in [
        (quote!('a T), quote!('a, T)),
        (quote!('a, 'b: 'a T: Fn(u8) -> &'b u8, U), quote!('a, 'b: 'a, T: Fn(u8) -> &'b u8, U)),
    ] {
        let output = lite(quote!(struct S<#written> where T: Tr<'a> { t: T } impl<#written> PinnedDrop for S<'a, T> {
            fn drop(this: Pin<&mut Self>) {}
        }));
        assert!(output.contains(&quote!(struct S<#meant> where T: Tr<'a> { t: T }).to_string()), "{output}");
        assert!(output.contains(&quote!(impl<#meant>).to_string()), "{output}");
    }
    // Not where it does: these stay what they are, and the compiler rejects them.
    for wrong in [quote!('a 'b), quote!('a const N: usize), quote!('a: 'b + 'c T), quote!(T U), quote!('a, T: Tr<'a U>)]
    {
        assert!(lite(quote!(struct S<#wrong> { t: T })).contains(&quote!(struct S<#wrong> { t: T }).to_string()));
    }
}

#[test]
fn nothing_is_dropped_in_silence() {
    let item = quote!(
        struct S<T> {
            #[pin]
            t: T,
        }
    );
    let drop = quote!(
        impl<T> PinnedDrop for S<T> {
            fn drop(this: Pin<&mut Self>) {}
        }
    );
    let more = "not expected here: behind the type stands one implementation";
    for behind in
        [quote!(#drop), quote!(compile_error!("never said");), quote!(;), quote!(impl S {}), quote!(#[a]), quote!(x)]
    {
        is_refused(quote!(#item #drop #behind), more);
    }
    let more = "not expected here: `pin_project!` takes one type";
    for behind in [
        quote!(;),
        quote!(
            struct T {
                a: u8,
            }
        ),
        quote!(#[a]),
        quote!(compile_error!("never said");),
    ] {
        is_refused(quote!(#item #behind), more);
    }
    for wrong in [
        quote!(impl Drop for S),
        quote!(impl S),
        quote!(impl<T> const PinnedDrop for S),
        quote!(impl PinnedDrop<T> for S),
    ] {
        is_refused(quote!(#item #wrong { fn drop(this: Pin<&mut Self>) {} }), "only `PinnedDrop` can be implemented");
    }
    is_refused(quote!(#item impl PinnedDrop for S), "missing the method `drop`");
    is_refused(quote!(#item impl PinnedDrop for S { fn drop(this: Pin<&mut Self>); }), "missing the method `drop`");
    let expected = "`drop` must take the one argument `this: Pin<&mut Self>`";
    for wrong in [
        quote!(fn drop(this: Pin<&mut Self>) garbage {}),
        quote!(
            fn drop(self: Pin<&mut Self>) {}
        ),
        quote!(fn drop(type: Pin<&mut Self>) {}),
        quote!(fn drop(this Pin<&mut Self>) {}),
        quote!(fn drop(this:: Pin<&mut Self>) {}),
        quote!(fn drop(this: : Pin<&mut Self>) {}),
        quote!(fn drop(this: a: :Pin<&mut Self>) {}),
        quote!(
            fn drop(this: Pin<&mutSelf>) {}
        ),
        quote!(
            fn drop(this: Pin<&mut Self>::X) {}
        ),
        quote!(fn drop(this: Pin<&mut Self>) - > () {}),
        quote!(
            fn drop(this: Pin<&'a mut Self>) {}
        ),
        quote!(
            fn drop(this: Pin<&mut Self>, that: u8) {}
        ),
        quote!(
            fn drop<T>(this: Pin<&mut Self>) {}
        ),
    ] {
        let output = lite(quote!(#item impl PinnedDrop for S { #wrong }));
        assert!(output.matches("compile_error").count() == 1 && output.contains(expected), "{wrong}: {output}");
    }
    is_refused(quote!(), "expected a struct or an enum");
    is_refused(
        quote!(
            #[a]
            fn f() {}
        ),
        "expected a struct or an enum",
    );
    is_refused(quote!(union U { a: u8 }), "a union cannot be projected");
}

#[test]
fn the_argument_of_drop_is_a_binding() {
    for binding in [quote!(this), quote!(mut this), quote!(ref this), quote!(ref mut this), quote!(_), quote!(r#type)] {
        let output =
            lite(quote!(struct S { a: u8 } impl PinnedDrop for S { fn drop(#binding: Pin<&mut Self>) { body } }));
        assert!(output.contains(&quote!(let #binding = self;).to_string()), "{output}");
    }
}

/// `$block`, `$path`, `$ty` and the like, wherever a `PinnedDrop` implementation has room for one.
#[test]
fn fragments_are_opened_in_drop_code() {
    let group = |inner: TokenStream| TokenTree::Group(Group::new(Delimiter::None, inner));
    let (of_trait, ty, body) = (group(quote!(PinnedDrop)), group(quote!(S<'a>)), group(quote!({ body })));
    let (pin, unit, a) = (group(quote!(Pin<&mut Self>)), group(quote!(())), group(quote!('a)));
    let method = group(quote!(fn drop(self: #pin) -> #unit where Self: Sized #body));
    let item = group(quote!(impl<#a> #of_trait for #ty { #method }));
    let output = projection::pinned_drop(quote!(), quote!(#[a] #item), projection::Facade::Pinsight).to_string();
    assert!(!output.contains("compile_error"), "{output}");
    assert!(output.contains("Pin < & mut Self >) where Self : Sized { body }"), "{output}");
}
