//! From the bytes of a program to its machines, as far as DWARF says: no other room of this crate knows DWARF.
//!
//! [`object_file`] opens files, [`debug_info`] holds the units of all of them, [`split_dwarf`] finds what was split off.
//! [`machines`] leads: [`walk_unit`] goes through a unit once and notes where coroutines are, [`walk_coroutine`] and [`walk_variables`] read one
//! of them, and [`assemble`] makes a machine of what they found, with [`repair`] for what debug info hides.

mod abbreviations;
mod assemble;
mod children;
mod coroutine_names;
mod debug_info;
mod machines;
mod namespaces;
mod object_file;
mod paths;
mod poll_functions;
mod raw;
mod repair;
mod split_dwarf;
mod types;
mod unit_reader;
mod walk_coroutine;
mod walk_unit;
mod walk_variables;

pub(crate) use machines::machines;
pub(crate) use object_file::Store;
