//! `#[explain]` as users have it: the value, the limits, and functions of all kinds, which go on doing what they do.

#![deny(warnings)]

use pinsight::explain;
use pinsight::machine::{Certainty, Evidence, Machine, MachineKind, Role, StateKind, Why};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What a future gives that is ready when it is polled for the first time.
fn ready<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

async fn op() {}

#[explain]
async fn process_data(text: &str) -> usize {
    let val: String = text.to_owned();
    let val_ref = &val;
    op().await;
    val_ref.len()
}

#[test]
fn the_value_says_what_is_kept() {
    const MACHINE: &Machine = &process_data::MACHINE;
    assert_eq!(MACHINE.path, "explain::process_data");
    assert_eq!(MACHINE.kind, MachineKind::AsyncFn);
    assert_eq!(MACHINE.location.as_ref().unwrap().file, file!());
    let state = MACHINE.state(StateKind::Suspended(0)).unwrap();
    assert_eq!(state.awaited.as_deref(), Some("op()"));
    let names: Vec<&str> = state.slots.iter().map(|slot| &*slot.name).collect();
    assert_eq!(&names[..2], ["val", "val_ref"]);
    let [val, val_ref] = [&state.slots[0], &state.slots[1]];
    assert_eq!((val.role, val.evidence, val.type_name.as_deref()), (Role::Local, Evidence::Predicted, Some("String")));
    assert!(val.is_stored_because(&Why::BorrowedBy("val_ref".into())), "{:?}", val.reasons);
    assert_eq!((val_ref.points_at[0].slot, val_ref.points_at[0].certainty), (0, Certainty::Certain));
    assert_eq!(ready(process_data("Hello")), 5);
}

#[test]
fn it_prints_and_draws_itself_and_gives_json() {
    let machine = process_data::MACHINE;
    assert!(machine.to_string().contains("async fn explain::process_data"), "{machine}");
    assert!(machine.to_rustdoc().to_string().contains("| `val_ref` |"), "{}", machine.to_rustdoc());
    assert!(machine.to_sketch().to_string().starts_with("<svg"));
    assert!(machine.to_mermaid(&Default::default()).to_string().contains("stateDiagram-v2"));
    let json = serde_json::to_string(&machine).unwrap();
    assert_eq!(serde_json::from_str::<Machine>(&json).unwrap(), machine);
}

/// A name of its own, beside a type that has the name of the function.
mod named {
    use super::{explain, op};

    #[allow(non_camel_case_types)]
    pub(super) struct process {}

    #[explain(name = PROCESS)]
    pub(super) async fn process() -> u8 {
        op().await;
        1
    }

    #[explain(value = false)]
    pub(super) async fn without() -> u8 {
        2
    }

    /// There is no such module yet.
    #[allow(dead_code)]
    mod without {}
}

#[test]
fn the_name_is_chosen_or_left_out() {
    assert_eq!(named::PROCESS.path, "explain::named::process");
    assert_eq!(ready(named::process()) + ready(named::without()), 3);
    let named::process {} = named::process {};
}

mod reexported {
    #[allow(clippy::single_component_path_imports)]
    pub(crate) use pinsight;
}

#[reexported::pinsight::explain(crate = reexported::pinsight, max_size = 8)]
async fn by_another_path() {}

#[explain(crate = self::reexported::pinsight, name = SECOND, edition = 2021)]
async fn by_a_second_path() {}

#[test]
fn the_crate_is_found_where_it_is_said_to_be() {
    assert_eq!(by_another_path::MACHINE.suspend_states().count(), 0);
    ready(by_another_path());
    assert_eq!(SECOND.path, "explain::by_a_second_path");
    ready(by_a_second_path());
}

struct Server<'a, T, const N: usize>(&'a [T; N]);

#[explain(max_size(1024, T = u32, N = 3, U = &'static str, source = std::slice::Iter<'_, u8>), expand)]
impl<'a, T: Copy + 'a, const N: usize> Server<'a, T, N> {
    async fn first(&self) -> T {
        op().await;
        self.0[0]
    }

    /// With a lifetime, a parameter and an argument of its own.
    async fn second<'b, U>(&'b mut self, other: U, source: impl Iterator<Item = &'b u8>) -> (U, usize) {
        op().await;
        (other, source.count())
    }

    async unsafe fn third(self) {}

    #[allow(clippy::manual_async_fn)]
    fn made() -> impl Future<Output = usize> {
        async {
            op().await;
            N
        }
    }

    /// Not async: not explained.
    fn fourth(&self) {}
}

trait Serve<R> {
    async fn serve(&self, request: R) -> usize;
}

#[explain(max_size(512, T = u8, N = 0))]
impl<T: Copy, const N: usize> Serve<&str> for Server<'_, T, N> {
    async fn serve(&self, request: &str) -> usize {
        op().await;
        request.len() + N
    }
}

#[explain(max_size = 512, expand)]
impl Serve<u8> for [u8] {
    async fn serve(&self, request: u8) -> usize {
        op().await;
        self.len() + usize::from(request)
    }
}

#[test]
fn methods_have_constants() {
    type One = Server<'static, u8, 1>;
    assert_eq!(One::FIRST_MACHINE.path, "explain::Server::first");
    assert_eq!(One::SECOND_MACHINE.suspend_states().count(), 1);
    assert_eq!(One::THIRD_MACHINE.suspend_states().count(), 0);
    assert_eq!(One::MADE_MACHINE.kind, MachineKind::AsyncBlock);
    assert_eq!(One::SERVE_MACHINE.path, "explain::Server::serve");
    let mut server = Server(&[7_u8]);
    assert_eq!(ready(server.first()), 7);
    assert_eq!(ready(server.second("x", [1, 2].iter())), ("x", 2));
    assert_eq!(ready(One::made()) + ready(server.serve("abc")) + ready([1_u8].serve(2)), 8);
    server.fourth();
    // SAFETY: it only has to be said.
    ready(unsafe { server.third() });
}

struct Client;

impl Client {
    #[explain(max_size = 64, expand, max_suspends = 1, deny(self_reference))]
    pub(crate) async fn get(&self) -> u8 {
        op().await;
        1
    }

    #[explain(name = NEW)]
    async fn new() -> Self {
        op().await;
        Client
    }

    #[explain]
    async fn private(&self) -> u8 {
        2
    }
}

impl Serve<()> for Client {
    #[explain]
    async fn serve(&self, (): ()) -> usize {
        op().await;
        3
    }
}

#[test]
fn single_methods() {
    assert_eq!(Client::GET_MACHINE.suspend_states().count(), 1);
    assert_eq!(Client::NEW.suspend_states().count(), 1);
    let client = ready(Client::new());
    assert_eq!(ready(client.get()) + ready(client.private()), 3);
    assert_eq!(ready(client.serve(())), 3);
}

#[explain(max_size(128, T = u8), expand)]
mod tasks {
    use super::op;

    /// Only this one has a parameter.
    pub(crate) struct Generic<T>(pub(crate) T);

    impl<T: Copy> Generic<T> {
        pub(crate) async fn run(&self) -> T {
            op().await;
            self.0
        }
    }

    pub(crate) async fn one() -> u8 {
        let list: Vec<u8> = vec![1];
        op().await;
        list[0]
    }

    pub(crate) struct Task;

    impl Task {
        pub(crate) async fn run(&self) {
            inner::run().await;
        }
    }

    pub(crate) mod inner {
        pub(crate) async fn run() {
            super::op().await;
        }

        #[pinsight::explain(name = OWN)]
        pub(crate) async fn own() {}
    }

    #[cfg(any())]
    pub(crate) async fn never() -> Missing {}
}

#[test]
fn a_whole_module() {
    assert_eq!(tasks::one::MACHINE.path, "explain::tasks::one");
    assert_eq!(tasks::Task::RUN_MACHINE.path, "explain::tasks::Task::run");
    assert_eq!(tasks::inner::run::MACHINE.path, "explain::tasks::inner::run");
    assert_eq!(tasks::inner::OWN.path, "explain::tasks::inner::own");
    assert_eq!(ready(tasks::one()), 1);
    ready(tasks::Task.run());
    assert_eq!(ready(tasks::Generic(4).run()), 4);
    ready(tasks::inner::own());
}

/// Inside of a function, and out of a macro.
#[test]
fn anywhere() {
    macro_rules! make {
        ($(#[$attribute:meta])* $visibility:vis $name:ident, $body:block, $ty:ty) => {
            $(#[$attribute])*
            $visibility async fn $name(_: $ty) -> $ty $body
        };
    }
    #[explain(expand, max_size = 64)]
    async fn local(value: &mut u8) {
        op().await;
        *value += 1;
    }
    make!(#[explain(max_size = 64)] pub(crate) made, { op().await; 5 }, u8);
    assert_eq!(local::MACHINE.suspend_states().count() + made::MACHINE.suspend_states().count(), 2);
    let mut value = 1;
    ready(local(&mut value));
    assert_eq!(value + ready(made(1)), 7);
}

/// What the enum of the expansion may meet in types.
#[explain(expand)]
#[allow(clippy::await_holding_refcell_ref)]
async fn types<'a, T: Clone + From<u8>, F>(text: &'a str, callback: F, array: [u8; 4], _: &(dyn Sync + 'a)) -> T
where
    F: Fn(&str) -> Option<T>,
{
    let r#type: Option<T> = callback(text);
    let tuple: (u8, &str, (), Box<dyn Fn()>) = (1, "", (), Box::new(|| ()));
    let slice: &[u8] = &array[..];
    let cell: std::cell::RefCell<Vec<T>> = std::cell::RefCell::new(Vec::new());
    let guard: std::cell::Ref<Vec<T>> = cell.borrow();
    let result: Result<T, std::num::ParseIntError> = Ok(T::from(1));
    let again = async {
        let array: [T; 2] = [T::from(1), T::from(2)];
        let array = &array;
        op().await;
        array.len()
    };
    op().await;
    again.await;
    drop((tuple, slice.len(), guard.len(), result.is_ok()));
    r#type.unwrap_or_else(|| T::from(array[0]))
}

#[test]
fn types_of_all_kinds() {
    assert_eq!(types::MACHINE.suspend_states().count(), 2);
    assert_eq!(ready(types("x", |_| None::<u16>, [9; 4], &())), 9);
}
