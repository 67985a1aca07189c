//! `pin!`: as an expression of the standard library, and as a statement of tokio and futures that replaces locals.

use proc_macro2::TokenStream;
use syn::parse::{ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{Expr, Token};

use super::expressions;
use crate::lower::value::{Value, through};
use crate::lower::{Builder, line_of, name_of};
use crate::types::Classes;

impl Builder<'_> {
    /// The value is moved to a temporary, which lives as long as the reference to it.
    pub(super) fn pinned_value(&mut self, tokens: &TokenStream) -> Option<Value> {
        let arguments = expressions(tokens)?;
        let [pinned] = &*arguments else { return None };
        let value = self.value(pinned);
        if !self.frame().is_async {
            return Some(Value::of(Classes::MOVE));
        }
        let line = crate::lower::source_text::first_line(pinned);
        // The macro names it.
        let local = self.frame().declare("pinned", value.classes, value.known.clone(), line);
        self.assign(local, &value, line);
        let depth = self.frame().temporaries;
        self.frame().schedule(local, depth);
        let place = self.place_of(local, line);
        let mut reference = self.borrow(place, Classes::MOVE);
        reference.classes = Classes::MOVE;
        Some(reference.lending(value.loans))
    }

    /// Whether the macro was one that makes locals, in the scope in which it stands.
    pub(in crate::lower) fn macro_statement(&mut self, invocation: &syn::Macro) -> bool {
        let name = invocation.path.segments.last().map(|last| last.ident.to_string()).unwrap_or_default();
        if !matches!(&*name, "pin" | "pin_mut") {
            return false;
        }
        let names = Punctuated::<syn::Ident, Token![,]>::parse_terminated.parse2(invocation.tokens.clone());
        if let Ok(names) = names {
            for ident in names {
                let Some(local) = self.resolve(&name_of(&ident)) else { continue };
                let line = line_of(ident.span());
                let place = self.place_of(local, line);
                let value = self.take(place);
                self.pinned_local(&name_of(&ident), &value, line);
            }
            return true;
        }
        let Ok(assigned) = assignments.parse2(invocation.tokens.clone()) else { return false };
        for (ident, init) in assigned {
            let value = self.terminating(crate::lower::awaiting::suspends(&init), |builder| builder.value(&init));
            self.pinned_local(&name_of(&ident), &value, line_of(ident.span()));
        }
        true
    }

    /// A local with the value, and one of the same name that points at it.
    fn pinned_local(&mut self, name: &str, value: &Value, line: u32) {
        let depth = self.frame().depth();
        let pinned = self.frame().declare(name, value.classes, value.known.clone(), line);
        self.assign(pinned, value, line);
        self.frame().schedule(pinned, depth);
        let place = self.place_of(pinned, line);
        let lent = self.borrow(place, Classes::MOVE);
        let reference = Value::inside(through(lent.loans, "new_unchecked"), Classes::MOVE);
        let local = self.frame().declare(name, Classes::MOVE, None, line);
        self.assign(local, &reference, line);
        self.frame().schedule(local, depth);
        self.frame().name(name, local);
    }
}

/// `let x = f(); let y = g();`
fn assignments(input: ParseStream<'_>) -> syn::Result<Vec<(syn::Ident, Expr)>> {
    let mut assignments = Vec::new();
    while !input.is_empty() {
        input.parse::<Token![let]>()?;
        input.parse::<Option<Token![mut]>>()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        assignments.push((name, input.parse()?));
        input.parse::<Token![;]>()?;
    }
    Ok(assignments)
}
