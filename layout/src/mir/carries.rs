//! Whether a value of a type can hold a borrow.

use std::collections::BTreeSet;

const PRIMITIVES: &[&str] = &[
    "bool", "char", "str", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize",
    "f16", "f32", "f64", "f128", "mut", "const", "fn", "for", "unsafe", "extern",
];

/// Whether a value of this type can hold a borrow of something that is not `'static`. `nominal` are the names without a path that
/// are known to be types of the crate's root; any other is taken for a type parameter, which can be anything.
pub(super) fn can_carry(type_name: &str, nominal: &BTreeSet<&str>) -> bool {
    let bytes = type_name.as_bytes();
    if bytes.iter().any(|byte| matches!(byte, b'&' | b'\'' | b'*' | b'{')) {
        return true;
    }
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80;
    let mut at = 0;
    while at < bytes.len() {
        if !word(bytes[at]) {
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|&byte| !word(byte)).map_or(bytes.len(), |length| at + length);
        let name = &type_name[at..end];
        if matches!(name, "dyn" | "impl" | "as" | "NonNull" | "Pin") {
            return true;
        }
        let in_path = type_name[..at].ends_with("::") || type_name[end..].starts_with("::");
        // A number is an array's length; a name behind ` = ` is looked at itself, the one before it is an associated type's.
        let number = bytes[at].is_ascii_digit();
        let assigned = type_name[end..].starts_with(" = ");
        if !in_path && !number && !assigned && !PRIMITIVES.contains(&name) && !nominal.contains(name) {
            return true;
        }
        at = end;
    }
    false
}

/// Whether it can be changed through a shared reference, as far as the name tells.
pub(super) fn is_shared_mutable(type_name: &str) -> bool {
    ["Cell<", "Mutex<", "RwLock<", "Lock<"].iter().any(|name| type_name.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_type() {
        let nominal = BTreeSet::from(["Root"]);
        for plain in
            ["std::string::String", "u8", "bool", "()", "std::vec::Vec<u8>", "Root", "[u32; 5]", "m::Foo<Root>"]
        {
            assert!(!can_carry(plain, &nominal), "{plain}");
        }
        for carrying in ["&u8", "std::slice::Iter<'_, u8>", "T", "std::vec::Vec<T>", "<T as m::Tr>::X", "*const u8"] {
            assert!(can_carry(carrying, &nominal), "{carrying}");
        }
        for carrying in ["{async block@a.rs:1:2: 3:4}", "std::boxed::Box<dyn m::Tr>", "std::ptr::NonNull<u8>"] {
            assert!(can_carry(carrying, &nominal), "{carrying}");
        }
    }
}
