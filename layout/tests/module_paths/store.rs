//! A module in a file of its own.

use super::op;

pub async fn same() -> u8 { let (a, b) = ([1u8; 3], [2u8; 3]); let r = &b; op().await; r[0] + a[0] + b[0] }
