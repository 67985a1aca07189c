//! `#[cfg(…)]`: what is not compiled is not predicted, where it is known what is.

use syn::punctuated::Punctuated;
use syn::{Attribute, Meta, Token};

/// The conditions that are set: `unix`, `feature="net"`.
#[derive(Clone, Debug, Default)]
pub struct Cfg {
    set: Vec<String>,
}

impl Cfg {
    /// Takes the lines that `rustc --print cfg` prints, and `feature="…"` for each feature.
    pub fn new(lines: impl IntoIterator<Item = String>) -> Self {
        let mut set: Vec<String> = lines.into_iter().map(|line| line.replace(' ', "")).collect();
        set.sort();
        Cfg { set }
    }

    fn holds(&self, meta: &Meta) -> bool {
        match meta {
            Meta::Path(path) if path.is_ident("true") => true,
            Meta::Path(path) => path.get_ident().is_some_and(|name| self.is_set(&name.to_string())),
            Meta::NameValue(pair) => match (pair.path.get_ident(), &pair.value) {
                (Some(name), syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(value), .. })) => {
                    self.is_set(&format!("{name}={:?}", value.value()))
                }
                _ => false,
            },
            Meta::List(list) => {
                let parsed = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
                let Ok(parts) = parsed else { return true };
                match list.path.get_ident().map(ToString::to_string).as_deref() {
                    Some("all") => parts.iter().all(|part| self.holds(part)),
                    Some("any") => parts.iter().any(|part| self.holds(part)),
                    Some("not") => !parts.iter().any(|part| self.holds(part)),
                    _ => true,
                }
            }
        }
    }

    fn is_set(&self, name: &str) -> bool {
        self.set.binary_search_by(|set| set.as_str().cmp(name)).is_ok()
    }

    /// Whether an item or a statement with these attributes is compiled.
    pub(crate) fn is_active(&self, attributes: &[Attribute]) -> bool {
        attributes.iter().filter(|attribute| attribute.path().is_ident("cfg")).all(|attribute| {
            let parsed = attribute.parse_args::<Meta>();
            parsed.map_or(true, |meta| self.holds(&meta))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Cfg;

    #[test]
    fn conditions() {
        let cfg = Cfg::new(["unix", "feature=\"net\"", "target_os = \"linux\""].map(str::to_owned));
        let is_active = |condition: &str| {
            let item: syn::ItemFn = syn::parse_str(&format!("#[cfg({condition})] fn f() {{}}")).unwrap();
            cfg.is_active(&item.attrs)
        };
        for condition in
            ["unix", "feature = \"net\"", "any(windows, unix)", "not(all(unix, test))", "target_os = \"linux\""]
        {
            assert!(is_active(condition), "{condition}");
        }
        for condition in ["windows", "feature = \"fs\"", "all(unix, test)", "not(unix)"] {
            assert!(!is_active(condition), "{condition}");
        }
    }
}
