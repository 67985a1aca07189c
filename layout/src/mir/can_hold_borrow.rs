//! Whether a value of a type can hold a borrow of one of the machine's own places.

/// Whether the type has a reference, a lifetime, a pointer or something unnamed in it.
///
/// A type parameter can not, nor can what a trait makes of one: the caller has chosen it, and so all lifetimes in it
/// began before the machine did. A type of no lifetime and no such argument can not either.
pub(super) fn can_hold_borrow(type_name: &str) -> bool {
    if type_name.bytes().any(|byte| matches!(byte, b'&' | b'\'' | b'*')) {
        return true;
    }
    // `{closure@…}` and `{async fn body of …}` are types; `{closure#0}::Out` is a path into a body.
    if type_name.split('{').skip(1).any(|inner| !inner.starts_with("closure#") && !inner.starts_with("impl#")) {
        return true;
    }
    let words = type_name.split(|character: char| !character.is_alphanumeric() && character != '_');
    words.into_iter().any(|word| matches!(word, "dyn" | "impl" | "NonNull"))
}

/// Whether the type is made of numbers and the like, so that no value of it holds an address that is followed.
pub(super) fn is_plain(type_name: &str) -> bool {
    const PLAIN: [&str; 17] = [
        "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32",
        "f64", "",
    ];
    let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    let words = type_name.split(|character: char| !character.is_alphanumeric() && character != '_');
    !type_name.contains(['&', '*']) && words.into_iter().all(|word| PLAIN.contains(&word) || is_number(word))
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
        for plain in
            ["std::string::String", "u8", "()", "std::vec::Vec<u8>", "m::Foo<T>", "[u32; 5]", "<T as m::Tr>::X"]
        {
            assert!(!can_hold_borrow(plain), "{plain}");
        }
        for carrying in ["&u8", "std::slice::Iter<'_, u8>", "std::vec::Vec<&T>", "*const u8", "<T as m::Tr>::X<'_>"] {
            assert!(can_hold_borrow(carrying), "{carrying}");
        }
        for carrying in ["{async block@a.rs:1:2: 3:4}", "std::boxed::Box<dyn m::Tr>", "std::ptr::NonNull<u8>"] {
            assert!(can_hold_borrow(carrying), "{carrying}");
        }
    }
}
