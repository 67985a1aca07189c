//! A place as it is written: `(((*_22) as variant#3).1: &String)`, `(*_5)[_3]`.

use super::scan;

/// A local, and the way from it to the place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written<'t> {
    pub local: u32,
    pub steps: Vec<Step<'t>>,
}

/// One step into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'t> {
    Deref,
    /// A field by number, and its type.
    Field(u32, &'t str),
    /// The name of a variant, or `variant#3`.
    Variant(&'t str),
    /// What stands in the square brackets: `_3`, `1 of 2`, `1..3`.
    Index(&'t str),
}

/// The place at the start of `text`, and what follows it. Not recursive: hostile text may nest as deep as it likes.
pub(super) fn parse(text: &str) -> Option<(Written<'_>, &str)> {
    let mut rest = text;
    let mut open: Vec<bool> = Vec::new();
    while let Some(inner) = rest.strip_prefix('(') {
        let deref = inner.strip_prefix('*');
        open.push(deref.is_some());
        rest = deref.unwrap_or(inner);
    }
    let (local, after) = scan::local(rest)?;
    rest = after;
    let mut steps = Vec::new();
    loop {
        if let Some(inner) = rest.strip_prefix('[') {
            let end = inner.find(']')?;
            steps.push(Step::Index(&inner[..end]));
            rest = &inner[end + 1..];
            continue;
        }
        match open.pop() {
            None => return Some((Written { local, steps }, rest)),
            Some(true) => steps.push(Step::Deref),
            Some(false) => {
                let (step, after) = inside_parentheses(rest)?;
                steps.extend(step);
                rest = after;
            }
        }
        rest = rest.strip_prefix(')')?;
    }
}

/// `.1: Type` or ` as Variant`, up to the parenthesis that ends it. A cast to a subtype is the same place.
fn inside_parentheses(text: &str) -> Option<(Option<Step<'_>>, &str)> {
    if let Some(field) = text.strip_prefix('.') {
        let (index, rest) = scan::number(field)?;
        let rest = rest.strip_prefix(": ")?;
        let end = scan::until(rest, b")")?;
        return Some((Some(Step::Field(index, &rest[..end])), &rest[end..]));
    }
    let rest = text.strip_prefix(" as ")?;
    let end = scan::until(rest, b")")?;
    let name = &rest[..end];
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'#') || byte >= 0x80);
    Some((plain.then_some(Step::Variant(name)), &rest[end..]))
}

impl<'t> Written<'t> {
    /// The type of the place, when that of a local is `local_type`.
    pub(super) fn type_name(&self, local_type: Option<&'t str>) -> Option<&'t str> {
        let known = self.steps.iter().rposition(|step| matches!(step, Step::Field(..)));
        let (start, mut name) = match known {
            Some(at) => match self.steps[at] {
                Step::Field(_, name) => (at + 1, name),
                _ => return None,
            },
            None => (0, local_type?),
        };
        for step in &self.steps[start..] {
            name = match step {
                Step::Deref => ["&mut ", "&", "*const ", "*mut "].iter().find_map(|start| name.strip_prefix(start))?,
                Step::Index(range) if range.contains("..") => return None,
                Step::Index(_) => {
                    let inside = name.strip_prefix('[')?.strip_suffix(']')?;
                    &inside[..scan::until(inside, b";")?]
                }
                Step::Variant(_) | Step::Field(..) => name,
            };
        }
        Some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_places() {
        let (place, rest) = parse("(((*_22) as variant#3).1: &(A, fn(B) -> C)) = x").unwrap();
        assert_eq!(rest, " = x");
        assert_eq!(place.local, 22);
        assert_eq!(place.steps, [Step::Deref, Step::Variant("variant#3"), Step::Field(1, "&(A, fn(B) -> C)")]);
        assert_eq!(place.type_name(None), Some("&(A, fn(B) -> C)"));
        let (place, rest) = parse("(*_5)[_3] as u8").unwrap();
        assert_eq!((place.steps, rest), (vec![Step::Deref, Step::Index("_3")], " as u8"));
        assert_eq!(parse("(*_5)[_3]").unwrap().0.type_name(Some("&[&u8; 4]")), Some("&u8"));
    }

    #[test]
    fn nonsense_is_no_place() {
        for text in ["", "(", "(*", "_", "(_1", "(_1.0)", "(_1.: u8)", "_99999999999", "_1[", "((_1)"] {
            assert!(parse(text).is_none(), "{text}");
        }
        assert!(parse(&"(".repeat(1_000_000)).is_none());
    }
}
