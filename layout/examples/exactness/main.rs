//! Compares the machines that are read from a program with what the compiler's own `-Zprint-type-sizes` says of them.
//!
//! `exactness BINARY SIZES [MIR]...` where SIZES is a file with the output of the flag. Exits with 1 if anything differs.

mod compare;
mod print_type_sizes;

use std::path::PathBuf;
use std::process::ExitCode;

use pinsight_layout::{Sources, read};

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(binary), Some(sizes)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: exactness BINARY SIZES [MIR]...");
        return ExitCode::from(2);
    };
    let sizes = match std::fs::read_to_string(&sizes) {
        Ok(text) => print_type_sizes::parse(&text),
        Err(error) => {
            eprintln!("error: cannot read `{}`: {error}", sizes.display());
            return ExitCode::from(101);
        }
    };
    let program = match read(&Sources { binary, mir: arguments.collect() }, &|_, _| {}) {
        Ok(program) => program,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(101);
        }
    };
    let result = compare::compare(&program.machines, &sizes);
    for difference in &result.differences {
        println!("{difference}");
    }
    for name in &result.only_flag {
        println!("only the flag: {name}");
    }
    println!("{result}");
    if result.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}
