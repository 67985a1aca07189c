//! Instances of the generic async functions of the measured packages. Nothing of it is ever run: that it is compiled is enough.

pub mod databases;
pub mod pools;
pub mod services;
pub mod tasks;
