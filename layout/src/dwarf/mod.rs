//! From the bytes of a program to its machines, as far as DWARF says: no other room of this crate knows DWARF.
//!
//! [`object_file`] opens files, [`debug_info`] holds the units of all of them, [`split_dwarf`] finds what was split off.
//! [`walk_unit`] goes through a unit once and notes where coroutines are, [`walk_coroutine`] and [`walk_variables`] read one
//! of them, and [`assemble`] makes a machine of what they found, with [`repair`] for what debug info hides.

mod abbreviations;
pub(crate) mod assemble;
mod children;
pub(crate) mod coroutine_names;
pub(crate) mod debug_info;
pub(crate) mod namespaces;
pub(crate) mod object_file;
mod paths;
pub(crate) mod poll_functions;
pub(crate) mod raw;
mod repair;
pub(crate) mod split_dwarf;
pub(crate) mod types;
pub(crate) mod unit_reader;
mod walk_coroutine;
pub(crate) mod walk_unit;
mod walk_variables;
