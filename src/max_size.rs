//! What `#[explain(max_size = …)]` says. The compiler evaluates it, so the text is put together without an allocator.

/// Fails the build if the future of a function is larger than allowed.
#[track_caller]
pub const fn check_size(actual: usize, allowed: usize, function: &str) {
    if actual > allowed {
        let text = Message::new()
            .text("the future of `")
            .text(function)
            .text("` has ")
            .number(actual)
            .text(" bytes, but `max_size` allows ")
            .number(allowed)
            .text("\nhelp: `cargo pinsight show ")
            .text(function)
            .text("` says what takes them up");
        panic!("{}", text.as_str());
    }
}

/// Longer than any name that somebody has given to a function; what does not fit is left out.
const CAPACITY: usize = 512;

struct Message {
    bytes: [u8; CAPACITY],
    len: usize,
}

impl Message {
    const fn new() -> Self {
        Message { bytes: [0; CAPACITY], len: 0 }
    }

    const fn byte(mut self, byte: u8) -> Self {
        if self.len < CAPACITY {
            self.bytes[self.len] = byte;
            self.len += 1;
        }
        self
    }

    const fn text(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut index = 0;
        while index < text.len() {
            self = self.byte(text[index]);
            index += 1;
        }
        self
    }

    /// With commas between thousands.
    const fn number(mut self, number: usize) -> Self {
        let (mut digits, mut factor) = (1, 1);
        while number / factor >= 10 {
            factor *= 10;
            digits += 1;
        }
        while digits > 0 {
            self = self.byte(b'0' + (number / factor % 10) as u8);
            digits -= 1;
            if digits > 0 && digits % 3 == 0 {
                self = self.byte(b',');
            }
            factor /= 10;
        }
        self
    }

    const fn as_str(&self) -> &str {
        match core::str::from_utf8(self.bytes.split_at(self.len).0) {
            Ok(text) => text,
            // Cut inside of a character.
            Err(_) => "the future is larger than `max_size` allows",
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use super::Message;
    use std::string::ToString as _;

    #[test]
    fn numbers_are_written_as_people_write_them() {
        for (number, expected) in [(0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (1_048_576, "1,048,576")] {
            assert_eq!(Message::new().number(number).as_str(), expected);
        }
        let largest = Message::new().number(usize::MAX);
        assert_eq!(largest.as_str().replace(",", ""), usize::MAX.to_string());
    }
}
