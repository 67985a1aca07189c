#![forbid(unsafe_code)]
#![allow(non_camel_case_types)]
use pinsight::pin_project;
use std::marker::PhantomPinned;
use std::pin::Pin;
mod __pinsight { pub mod __private { #[allow(dead_code)] pub type Drop_ButPinnedDropInstead = std::marker::PhantomPinned; } }
macro_rules! ty { () => { __pinsight::__private::Drop_ButPinnedDropInstead } }
#[pin_project(project_ref = R)] //~ ERROR mismatched types
enum E { #[allow(dead_code)] V(#[pin] ty!()) }
fn is_unpin<T: Unpin>(_: &T) {  }
fn main() { let e = E::V(PhantomPinned); is_unpin(&e);
  let R::V(p) = Pin::new(&e).project_ref(); let _: Pin<&PhantomPinned> = p;  let _m = e; }
