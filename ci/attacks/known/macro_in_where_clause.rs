// a macro in a where clause that names the type parameter of the Drop check
#![forbid(unsafe_code)]
#![allow(dead_code)]
use pinsight::PinProject;
trait Yes {}
struct __Offender;
impl Yes for __Offender {}
macro_rules! ty {
    () => {
        __Offender
    };
}
#[derive(PinProject)]
struct S<F>
where
    ty!(): Yes,
{
    #[pin]
    f: Option<F>,
    n: u8,
}
impl<F> Drop for S<F> {
    fn drop(&mut self) {
        let _moved = self.f.take();
        println!("moved out of the pin in Drop");
    }
}
fn main() {
    let mut s = Box::pin(S { f: Some(1), n: 0 });
    let _ = s.as_mut().project();
}
