//! Each kind of advice is followed, and what it saves is measured: `size_of_val` of both futures, compiled by the plain stable
//! compiler.

mod followed;
mod printed;
