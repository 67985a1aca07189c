//! Whatever a file contains, reading it ends with an answer or with an error.

mod common;

use common::{Folder, read_binary};
use pinsight_layout::Error;

/// Not random at all, so that a failure can be repeated.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % limit
    }
}

fn read_bytes(folder: &Folder, bytes: &[u8]) -> Result<usize, Error> {
    let path = folder.0.join("broken");
    std::fs::write(&path, bytes).unwrap();
    read_binary(&path).map(|program| program.machines.len())
}

#[test]
fn bits_that_flipped_in_the_debug_info() {
    let folder = Folder::new("flipped");
    let object = std::fs::read(folder.compile(&["--emit=obj", "-Ccodegen-units=1"])).unwrap();
    let mut dice = Dice(1);
    for _ in 0..150 {
        let mut bytes = object.clone();
        for _ in 0..1 + dice.below(20) {
            let location = dice.below(bytes.len());
            bytes[location] ^= 1 << dice.below(8);
        }
        let _ = read_bytes(&folder, &bytes);
    }
}

#[test]
fn files_that_end_early() {
    let folder = Folder::new("truncated");
    let object = std::fs::read(folder.compile(&["--emit=obj", "-Ccodegen-units=1"])).unwrap();
    let mut dice = Dice(2);
    for _ in 0..60 {
        let _ = read_bytes(&folder, &object[..dice.below(object.len())]);
    }
}

#[test]
fn files_that_are_something_else() {
    let folder = Folder::new("else");
    for (bytes, reason) in [
        (&b""[..], "it is empty"),
        (b"#!/bin/sh\necho\n", "it is no executable, object or library"),
        (b"\x7fELF", "it is no executable, object or library"),
        (b"!<arch>\nnonsense", "it is no"),
    ] {
        let error = read_bytes(&folder, bytes).expect_err(reason).to_string();
        assert!(error.contains(reason) || error.contains("cannot read"), "{error}");
    }
    assert!(read_binary(&folder.0).expect_err("a folder").to_string().contains("it is not a file"));
    assert!(read_binary(&folder.0.join("nothing")).is_err());
}

/// A section that claims to expand to more than compression can reach is refused before memory is asked for.
#[test]
fn sections_that_claim_to_be_huge() {
    let folder = Folder::new("huge");
    let binary = folder.compile(&["-Clink-arg=-Wl,--compress-debug-sections=zlib"]);
    let mut bytes = std::fs::read(binary).unwrap();
    // The header of a compressed section: type 1, four bytes of nothing, the size, the alignment; then zlib's own begins.
    let is_header =
        |window: &[u8]| window[..8] == [1, 0, 0, 0, 0, 0, 0, 0] && window[17..24] == [0; 7] && window[24] == 0x78;
    let headers: Vec<usize> = (0..bytes.len() - 25).filter(|at| is_header(&bytes[*at..at + 25])).collect();
    assert!(!headers.is_empty());
    for header in headers {
        bytes[header + 8..header + 16].copy_from_slice(&(1u64 << 40).to_le_bytes());
    }
    let error = read_bytes(&folder, &bytes).expect_err("a claim of a terabyte").to_string();
    assert!(error.contains("claims to expand"), "{error}");
}
