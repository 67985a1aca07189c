//! The amounts of a budget, as they are written.

use std::fmt;

use pinsight_machine::views::Bytes;

/// In bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u64);

/// What a machine may have grown by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Growth {
    Bytes(u64),
    /// A part of what it was, in hundredths of a percent.
    Percent(u64),
}

impl Size {
    /// `2048`, `2 KiB`, `100 bytes`
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let end = text.find(|char: char| !char.is_ascii_digit() && char != '_').unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let number: u64 = number.replace('_', "").parse().ok()?;
        let factor = match unit.trim() {
            "" | "B" | "byte" | "bytes" => 1,
            "kB" => 1000,
            "KiB" => 1024,
            "MB" => 1000 * 1000,
            "MiB" => 1024 * 1024,
            _ => return None,
        };
        number.checked_mul(factor).map(Size)
    }
}

impl Growth {
    /// `5 %`, `2.5 %`, and what is a size.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let Some(percent) = text.trim().strip_suffix('%') else {
            return Size::parse(text).map(|Size(bytes)| Growth::Bytes(bytes));
        };
        let (whole, fraction) = percent.trim().split_once('.').unwrap_or((percent.trim(), "0"));
        if fraction.is_empty() || fraction.len() > 2 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let hundredths: u64 = format!("{fraction:0<2}").parse().ok()?;
        let whole: u64 = whole.parse().ok()?;
        whole.checked_mul(100)?.checked_add(hundredths).map(Growth::Percent)
    }

    /// How large what was that large may be now, in bytes.
    pub(super) fn limit(self, before: u64) -> u64 {
        match self {
            Growth::Bytes(bytes) => before.saturating_add(bytes),
            Growth::Percent(hundredths) => {
                let more = u128::from(before) * u128::from(hundredths) / 10_000;
                before.saturating_add(u64::try_from(more).unwrap_or(u64::MAX))
            }
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Bytes::from(self.0).fmt(f)
    }
}

impl fmt::Display for Growth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Growth::Bytes(bytes) => Bytes::from(*bytes).fmt(f),
            Growth::Percent(hundredths) if hundredths % 100 == 0 => write!(f, "{} %", hundredths / 100),
            Growth::Percent(hundredths) => {
                let fraction = format!("{:02}", hundredths % 100);
                write!(f, "{}.{} %", hundredths / 100, fraction.trim_end_matches('0'))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes() {
        for (text, bytes) in
            [("2048", 2048), ("2 KiB", 2048), ("2KiB", 2048), ("1 MiB", 1 << 20), ("1_000 bytes", 1000)]
        {
            assert_eq!(Size::parse(text), Some(Size(bytes)), "{text}");
        }
        for wrong in ["", "2 furlongs", "-1", "KiB", "1.5 KiB", "99999999999999999999", "18446744073709551615 KiB"] {
            assert_eq!(Size::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn growths() {
        for (text, growth, shown) in [
            ("5 %", Growth::Percent(500), "5 %"),
            ("2.5%", Growth::Percent(250), "2.5 %"),
            ("0.05 %", Growth::Percent(5), "0.05 %"),
            ("64 bytes", Growth::Bytes(64), "64 bytes"),
            ("0", Growth::Bytes(0), "0 bytes"),
        ] {
            assert_eq!(Growth::parse(text), Some(growth), "{text}");
            assert_eq!(growth.to_string(), shown);
        }
        for wrong in ["%", "5. %", "-5 %", "1.234 %", "a %"] {
            assert_eq!(Growth::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Growth::Percent(1000).limit(205), 225);
        assert_eq!(Growth::Percent(u64::MAX).limit(u64::MAX), u64::MAX);
    }
}
