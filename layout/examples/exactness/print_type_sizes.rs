//! Reads the output of `-Zprint-type-sizes`.

/// Stands for the name of a value without one: each tool numbers them in its own way.
pub(crate) const UNNAMED: &str = "(unnamed)";

/// One coroutine type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SizedType {
    /// `{async fn body of app::tick()}`, `{async block@src/main.rs:9:106: 9:116}`
    pub(crate) name: String,
    pub(crate) size: u64,
    pub(crate) variants: Vec<SizedVariant>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SizedVariant {
    pub(crate) name: String,
    /// Name, offset and size, in the order of the offsets; those without bytes left out.
    pub(crate) fields: Vec<(String, u64, u64)>,
}

/// All the coroutine types, each description once.
pub(crate) fn parse(text: &str) -> Vec<SizedType> {
    let mut types: Vec<SizedType> = Vec::new();
    let mut is_coroutine = false;
    let mut next = 0;
    let mut discriminant = 0;
    for line in text.lines() {
        let Some(line) = line.strip_prefix("print-type-size ") else { continue };
        let line = line.trim_start();
        if let Some(rest) = line.strip_prefix("type: `") {
            let Some((name, rest)) = rest.split_once("`: ") else { continue };
            is_coroutine = ["{async fn body of ", "{async block@", "{async closure body@"]
                .iter()
                .any(|prefix| name.starts_with(prefix) && name.ends_with('}'));
            discriminant = 0;
            if is_coroutine {
                types.push(SizedType { name: name.to_owned(), size: number(rest), variants: Vec::new() });
            }
            continue;
        }
        if !is_coroutine {
            continue;
        }
        let Some(current) = types.last_mut() else { continue };
        if let Some(rest) = line.strip_prefix("discriminant: ") {
            discriminant = number(rest);
        } else if let Some(rest) = line.strip_prefix("variant `") {
            let name = rest.split('`').next().unwrap_or_default();
            current.variants.push(SizedVariant { name: name.to_owned(), fields: Vec::new() });
            // The flag takes the discriminant for the first thing in the type, wherever it is.
            next = discriminant;
        } else if let Some(rest) = line.strip_prefix("padding: ") {
            next += number(rest);
        } else if line.starts_with("local `.") || line.starts_with("upvar `.") {
            let Some((name, rest)) = line[8..].split_once("`: ") else { continue };
            let size = number(rest);
            let offset = rest.split_once("offset: ").map_or(next, |(_, offset)| number(offset));
            next = offset + size;
            if let (Some(variant), true) = (current.variants.last_mut(), size > 0) {
                let name = if name.starts_with(".coroutine_field") { UNNAMED } else { name };
                variant.fields.push((name.to_owned(), offset, size));
            }
        }
    }
    for one in &mut types {
        for variant in &mut one.variants {
            variant.fields.sort_by(|a, b| (a.1, a.2, &a.0).cmp(&(b.1, b.2, &b.0)));
        }
        one.variants.sort();
    }
    types.sort();
    types.dedup();
    types
}

fn number(text: &str) -> u64 {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[..digits].parse().unwrap_or(0)
}
