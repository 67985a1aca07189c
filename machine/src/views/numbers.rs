use core::fmt;

/// Displays a number with a comma after each thousand: `10,552`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thousands(pub u64);

impl fmt::Display for Thousands {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = alloc::format!("{}", self.0);
        let mut grouped = alloc::string::String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        f.pad(&grouped)
    }
}

/// Displays a size: `10,552 bytes`, `1 byte`, and `? bytes` where it is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bytes(pub Option<u64>);

impl From<u64> for Bytes {
    fn from(bytes: u64) -> Self {
        Bytes(Some(bytes))
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(1) => f.pad("1 byte"),
            Some(bytes) => f.pad(&alloc::format!("{} bytes", Thousands(bytes))),
            None => f.pad("? bytes"),
        }
    }
}

#[cfg(test)]
mod tests {
    use alloc::string::ToString;

    use super::*;

    #[test]
    fn thousands_are_separated() {
        for (bytes, text) in [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1,000 bytes")] {
            assert_eq!(Bytes::from(bytes).to_string(), text);
        }
        assert_eq!(Thousands(u64::MAX).to_string(), "18,446,744,073,709,551,615");
        assert_eq!(Bytes(None).to_string(), "? bytes");
    }
}
