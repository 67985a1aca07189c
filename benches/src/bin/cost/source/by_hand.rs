//! What a careful person writes for one type: a projection for each method, and the bound on `Unpin`.

use std::fmt::Write;

use super::Subject;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Methods {
    Both,
    Project,
}

/// What differs between the two methods.
struct Method {
    name: &'static str,
    returns: String,
    receiver: &'static str,
    /// Between `&` and what is referred to.
    mutability: &'static str,
    access: &'static str,
}

pub(super) fn items(subject: Subject, methods: Methods) -> String {
    let number = subject.number;
    let project = Method {
        name: "project",
        returns: format!("Projection{number}"),
        receiver: "&mut Self",
        mutability: "mut ",
        access: "self.get_unchecked_mut()",
    };
    let project_ref = Method {
        name: "project_ref",
        returns: format!("ProjectionRef{number}"),
        receiver: "&Self",
        mutability: "",
        access: "self.get_ref()",
    };
    let methods = match methods {
        Methods::Both => vec![project, project_ref],
        Methods::Project => vec![project],
    };
    let generics = subject.shape.generics(None);
    let mut out: String = methods.iter().map(|method| projection(subject, method)).collect();
    // Without generics the auto trait says the same, unless an unpinned field is not `Unpin`.
    if !generics.is_empty() {
        out += &format!("impl<A: Unpin, B> Unpin for S{number}{generics} {{}}\n");
    }
    let bodies: String = methods.iter().map(|method| body(subject, method)).collect();
    out + &format!("impl{generics} S{number}{generics} {{\n{bodies}}}\n")
}

/// The type that a method returns.
fn projection(subject: Subject, method: &Method) -> String {
    let mutability = method.mutability;
    let fields = subject.fields(|field| match field.is_pinned {
        true => format!("{}: Pin<&'p {mutability}{}>", field.name, field.ty),
        false => format!("{}: &'p {mutability}{}", field.name, field.ty),
    });
    let generics = subject.shape.generics(Some("'p"));
    format!("pub {} {}{generics} {{\n{fields}}}\n", subject.keyword(), method.returns)
}

fn body(subject: Subject, method: &Method) -> String {
    let Method { name, returns, receiver, mutability, access } = method;
    let generics = subject.shape.generics(Some("'_"));
    let mut out = format!(
        "    fn {name}(self: Pin<{receiver}>) -> {returns}{generics} {{\n        unsafe {{\n            let this = {access};\n"
    );
    let mut line = |text: &str| writeln!(out, "            {text}").expect("a String takes everything");
    if subject.shape.is_enum() {
        line("match this {");
        for contents in subject.shape.contents() {
            let variant = contents.variant.unwrap_or_default();
            let names: Vec<_> = contents.fields.iter().map(|field| field.name).collect();
            let values = contents.fields.iter().map(|field| match field.is_pinned {
                true => format!("{0}: Pin::new_unchecked({0})", field.name),
                false => field.name.to_owned(),
            });
            let (names, values) = (names.join(", "), values.collect::<Vec<_>>().join(", "));
            line(&format!("    Self::{variant} {{ {names} }} => {returns}::{variant} {{ {values} }},"));
        }
    } else {
        line(&format!("{returns} {{"));
        for field in subject.shape.contents().iter().flat_map(|contents| contents.fields) {
            let place = format!("&{mutability}this.{}", field.name);
            let value = if field.is_pinned { format!("Pin::new_unchecked({place})") } else { place };
            line(&format!("    {}: {value},", field.name));
        }
    }
    line("}");
    out + "        }\n    }\n"
}
