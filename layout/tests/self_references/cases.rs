//! Functions whose self-references are known. Above each, what holds in each state in which it waits:
//!
//! - `//~ Suspend0: from -> to.part certain`, or `may`: the places by the names of their variables. A captured value is written
//!   `^name`, and the second place of a name in one function `name#1`.
//! - `//~ in {closure#0} Suspend0: …`: of the first closure or block in it.
//! - `//~ none`: of this function nothing refers to anything in any state.
//!
//! What is not listed does not hold.

#![allow(unused, static_mut_refs, clippy::all)]

use std::cell::Cell;
use std::fmt::Debug;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

async fn op() {}

async fn leaf(bytes: &mut [u8]) -> u8 {
    op().await;
    bytes[0]
}

async fn look(text: &String, other: &String) -> usize {
    op().await;
    text.len() + other.len()
}

fn pass<T>(value: T) -> T {
    value
}

fn keep<T>(_: &T) {}

struct Holder<'a> {
    name: &'a String,
    count: usize,
}

impl<'a> Holder<'a> {
    fn new(name: &'a String) -> Self {
        Holder { name, count: 0 }
    }

    fn name(&self) -> &'a String {
        self.name
    }

    fn touch(&mut self) {
        self.count += 1;
    }
}

struct Tuple<'a>(&'a u32, u32);

enum Either<'a> {
    Left(&'a u32),
    Right { value: &'a u32 },
}

#[derive(Default)]
struct Data {
    name: String,
    inner: Inner,
}

#[derive(Default)]
struct Inner {
    numbers: [u32; 4],
    text: String,
}

// Direct.

//~ Suspend0: val_ref -> val certain
async fn direct() {
    let val = String::new();
    let val_ref = &val;
    op().await;
    keep(val_ref);
}

//~ Suspend0: r -> n certain
async fn direct_mut() -> u32 {
    let mut n = 1;
    let r = &mut n;
    op().await;
    *r += 1;
    n
}

//~ none
async fn not_across() -> usize {
    let val = String::new();
    let n = {
        let val_ref = &val;
        val_ref.len()
    };
    op().await;
    n + val.len()
}

//~ none
async fn values_only(a: u32, b: String) -> usize {
    let c = a + 1;
    op().await;
    c as usize + b.len()
}

//~ none
async fn external_of_the_same_type(other: &String) -> usize {
    let val = String::new();
    op().await;
    val.len() + other.len()
}

//~ Suspend0: r -> n certain
async fn argument(n: u32) -> u32 {
    let r = &n;
    op().await;
    *r
}

//~ Suspend0: r -> d.0 certain
async fn field_of_argument(d: Data) -> usize {
    let r = &d.name;
    op().await;
    r.len()
}

//~ Suspend0: r -> d.1.1 certain
async fn field_of_field() -> usize {
    let d = Data::default();
    let r = &d.inner.text;
    op().await;
    r.len()
}

//~ none
async fn field_of_external(d: &Data) -> usize {
    let r = &d.inner.text;
    op().await;
    r.len()
}

//~ Suspend0: y -> x certain
async fn shadowed(x: u8) -> usize {
    let x = vec![x];
    let y = &x;
    let x = [7u32; 5];
    op().await;
    y.len() + x.len()
}

//~ Suspend0: c -> b certain
//~ Suspend0: b -> a certain
async fn chain() -> u32 {
    let a = 1;
    let b = &a;
    let c = &b;
    op().await;
    **c
}

//~ Suspend0: q -> s certain
async fn reborrowed() -> usize {
    let mut s = Data::default();
    let r = &mut s;
    let q = &*r;
    op().await;
    q.name.len()
}

//~ Suspend0: q -> s.1.0 certain
async fn field_through_reference() -> u32 {
    let mut s = Data::default();
    let r = &mut s;
    let q = &mut r.inner.numbers;
    op().await;
    q[0]
}

// Through literals.

//~ Suspend0: h -> name certain
async fn through_struct() -> usize {
    let name = String::new();
    let h = Holder { name: &name, count: 3 };
    op().await;
    h.name.len() + h.count
}

//~ Suspend0: t -> n certain
async fn through_tuple_struct() -> u32 {
    let n = 3;
    let t = Tuple(&n, 4);
    op().await;
    *t.0 + t.1
}

//~ Suspend0: pair -> a certain
//~ Suspend0: pair -> b certain
async fn through_tuple() -> u32 {
    let (a, b) = (1, 2);
    let pair = (&a, &b);
    op().await;
    *pair.0 + *pair.1
}

//~ Suspend0: second -> b certain
async fn out_of_tuple() -> u32 {
    let (a, b) = (1, 2);
    let pair = (&a, &b);
    let second = pair.1;
    op().await;
    *second
}

//~ Suspend0: pair -> b certain
//~ Suspend0: pair -> c certain
async fn field_assigned() -> u32 {
    let (a, b, c) = (1, 2, 3);
    let mut pair = (&a, &b);
    keep(&pair);
    pair.0 = &c;
    op().await;
    *pair.0 + *pair.1
}

//~ Suspend0: o -> n certain
async fn through_option() -> u32 {
    let n = 3;
    let o = Some(&n);
    op().await;
    o.copied().unwrap_or(0)
}

//~ Suspend0: e -> a certain
//~ Suspend0: e -> b certain
async fn either_variant(left: bool) -> u32 {
    let (a, b) = (1, 2);
    let e = if left { Either::Left(&a) } else { Either::Right { value: &b } };
    op().await;
    match e {
        Either::Left(value) | Either::Right { value } => *value,
    }
}

//~ Suspend0: value -> a certain
//~ Suspend1: value#1 -> b certain
async fn matched_variant(left: bool) -> u32 {
    let (a, b) = (1, 2);
    let e = if left { Either::Left(&a) } else { Either::Right { value: &b } };
    match e {
        Either::Left(value) => {
            op().await;
            *value
        }
        Either::Right { value } => {
            op().await;
            *value
        }
    }
}

//~ Suspend0: list -> a certain
//~ Suspend0: list -> b certain
async fn through_array() -> u32 {
    let (a, b) = (1, 2);
    let list = [&a, &b];
    op().await;
    *list[0] + *list[1]
}

//~ Suspend0: first -> a certain
async fn constant_index() -> u32 {
    let (a, b) = (1, 2);
    let list = [&a, &b];
    let first = list[0];
    op().await;
    *first
}

//~ Suspend0: one -> a may
//~ Suspend0: one -> b may
async fn unknown_index(index: usize) -> u32 {
    let (a, b) = (1, 2);
    let list = [&a, &b];
    let one = list[index];
    op().await;
    *one
}

//~ Suspend0: nested -> s.0 certain
async fn literal_in_literal() -> usize {
    let s = Data::default();
    let nested = (1, Some(Holder { name: &s.name, count: 2 }));
    op().await;
    nested.1.map_or(0, |h| h.name.len())
}

// Arrays and slices.

//~ Suspend0: r -> list[_] certain
async fn element() -> u32 {
    let list = [1, 2, 3];
    let r = &list[1];
    op().await;
    *r
}

//~ Suspend0: all -> list certain
async fn whole_slice() -> usize {
    let list = [1, 2, 3];
    let all: &[u32] = &list;
    op().await;
    all.len()
}

//~ Suspend0: part -> list may
async fn slice_by_index() -> usize {
    let list = [1, 2, 3];
    let part = &list[1..];
    op().await;
    part.len()
}

//~ Suspend0: rest -> list certain
async fn slice_by_pattern() -> usize {
    let list = [1, 2, 3];
    let [_, rest @ ..] = &list;
    op().await;
    keep(rest);
    rest.len()
}

// Through calls.

//~ Suspend0: r -> val may
async fn through_call() -> usize {
    let val = String::new();
    let r = pass(&val);
    op().await;
    r.len()
}

//~ none
async fn call_that_cannot_carry() -> usize {
    let val = String::new();
    let n = keep(&val);
    let length = val.len();
    let copy = val.clone();
    op().await;
    length + copy.len() + val.len()
}

//~ Suspend0: bytes -> val may
async fn method_chain() -> usize {
    let val = String::new();
    let bytes = val.as_str().trim().as_bytes();
    op().await;
    bytes.len() + val.len()
}

//~ Suspend0: it -> own may
async fn iterator() -> u32 {
    let own = [1, 2, 3];
    let mut it = own.iter();
    op().await;
    it.next().copied().unwrap_or(0)
}

//~ Suspend0: iter -> own may
//~ Suspend0: x -> own may
async fn for_loop() -> u32 {
    let own = vec![1, 2, 3];
    let mut sum = 0;
    for x in own.iter() {
        op().await;
        sum += x;
    }
    sum
}

//~ Suspend0: h -> name may
async fn constructor_call() -> usize {
    let name = String::new();
    let h = Holder::new(&name);
    op().await;
    h.name.len()
}

//~ Suspend0: h -> name certain
//~ Suspend0: r -> h may
//~ Suspend0: r -> name may
async fn getter() -> usize {
    let name = String::new();
    let h = Holder { name: &name, count: 0 };
    let r = h.name();
    op().await;
    r.len() + h.count
}

//~ Suspend0: h -> name certain
async fn changed_by_a_method() -> usize {
    let name = String::new();
    let mut h = Holder { name: &name, count: 0 };
    h.touch();
    op().await;
    h.name.len() + h.count
}

//~ Suspend0: list -> val may
async fn pushed() -> usize {
    let val = String::new();
    let mut list = Vec::new();
    list.push(&val);
    op().await;
    list[0].len()
}

//~ Suspend0: o -> n may
async fn taken() -> bool {
    let n = 3;
    let mut o = Some(&n);
    keep(&o.take());
    op().await;
    o.is_none()
}

//~ Suspend0: a -> x may
//~ Suspend0: a -> y may
//~ Suspend0: b -> x may
//~ Suspend0: b -> y may
async fn swapped() -> u32 {
    let (x, y) = (1, 2);
    let (mut a, mut b) = (&x, &y);
    std::mem::swap(&mut a, &mut b);
    op().await;
    *a - *b
}

// The heap is not the machine.

//~ none
async fn in_a_box() -> usize {
    let boxed = Box::new(String::new());
    let r = &*boxed;
    op().await;
    r.len()
}

//~ none
async fn field_in_a_box() -> usize {
    let boxed = Box::new(Data::default());
    let r = &boxed.inner.text;
    op().await;
    r.len()
}

//~ Suspend0: r -> list may
async fn in_a_vec() -> u32 {
    let list = vec![1, 2];
    let r = &list[0];
    op().await;
    *r
}

//~ Suspend0: text -> val may
async fn in_a_string() -> usize {
    let val = String::new();
    let text: &str = &val;
    op().await;
    text.len()
}

//~ Suspend0: boxed -> n may
async fn reference_in_a_box() -> u32 {
    let n = 1;
    let boxed = Box::new(&n);
    op().await;
    **boxed
}

// Which state it is.

//~ Suspend0: r -> a certain
//~ Suspend1: r -> b certain
async fn reassigned() -> u32 {
    let (a, b) = (1, 2);
    let mut r = &a;
    op().await;
    let first = *r;
    r = &b;
    op().await;
    first + *r
}

//~ Suspend1: r -> val certain
async fn only_later() -> usize {
    let val = String::new();
    op().await;
    let r = &val;
    op().await;
    r.len()
}

//~ Suspend0: r -> val certain
async fn only_before() -> usize {
    let val = String::new();
    let r = &val;
    op().await;
    let n = r.len();
    op().await;
    n + val.len()
}

//~ Suspend0: r -> val certain
//~ Suspend1: r -> val certain
async fn carried_over() -> usize {
    let val = String::new();
    let r = &val;
    op().await;
    op().await;
    r.len()
}

//~ Suspend0: r -> n certain
async fn in_a_loop() -> u32 {
    let n = 1;
    let mut r = &0;
    let mut sum = 0;
    for _ in 0..3 {
        op().await;
        sum += *r;
        r = &n;
    }
    sum
}

//~ Suspend0: r -> a certain
//~ Suspend0: r -> b certain
async fn one_of_two(left: bool) -> u32 {
    let (a, b) = (1, 2);
    let r = if left { &a } else { &b };
    op().await;
    *r
}

//~ Suspend0: r -> a certain
async fn one_or_external(left: bool, other: &u32) -> u32 {
    let a = 1;
    let r = if left { &a } else { other };
    op().await;
    *r
}

//~ Suspend0: r -> a certain
async fn initialised_later(late: bool) -> u32 {
    let a = 1;
    let r;
    if late {
        r = &a;
        op().await;
    } else {
        r = &2;
        op().await;
    }
    *r
}

//~ none
async fn dropped_before() -> usize {
    let val = String::new();
    {
        let h = Holder { name: &val, count: 1 };
    }
    op().await;
    val.len()
}

//~ Suspend0: moved -> n certain
async fn moved_out() -> usize {
    let n = String::new();
    let h = Holder { name: &n, count: 0 };
    let moved = h;
    op().await;
    moved.name.len()
}

//~ Suspend0: through -> x certain
async fn stored_through_a_reference() -> u32 {
    let (x, y) = (1, 2);
    let mut through = &y;
    let r = &mut through;
    *r = &x;
    op().await;
    *through
}

//~ Suspend0: a -> x may
//~ Suspend0: a -> y may
//~ Suspend0: b -> x may
//~ Suspend0: b -> y may
async fn stored_through_one_of_two(left: bool) -> u32 {
    let (x, y) = (1, 2);
    let (mut a, mut b) = (None, None);
    let (location, value) = if left { (&mut a, &x) } else { (&mut b, &y) };
    *location = Some(value);
    op().await;
    a.or(b).copied().unwrap_or(0)
}

// Raw pointers.

//~ Suspend0: p -> n certain
async fn raw_pointer() -> bool {
    let n = 1;
    let p = &raw const n;
    op().await;
    p.is_null()
}

//~ Suspend0: p -> n certain
async fn raw_pointer_by_cast() -> bool {
    let mut n = 1;
    let p = &mut n as *mut i32 as *const u8;
    op().await;
    p.is_null()
}

//~ none
async fn address_as_a_number() -> usize {
    let n = 1;
    let p = &raw const n as usize;
    op().await;
    p
}

struct Own {
    data: u32,
    this: *const u32,
}

//~ Suspend0: own -> own.0 certain
async fn into_itself() -> bool {
    let mut own = Own { data: 1, this: std::ptr::null() };
    own.this = &raw const own.data;
    op().await;
    own.this.is_null()
}

enum TextOrNumber<'a> {
    Text(&'a str),
    Number(u64),
}

//~ none
async fn number_beside_a_reference() -> u64 {
    let own = String::from("a");
    let either = if own.len() > 3 { TextOrNumber::Text(&own) } else { TextOrNumber::Number(1) };
    let number = match either {
        TextOrNumber::Number(number) => number,
        TextOrNumber::Text(text) => text.len() as u64,
    };
    op().await;
    number + own.len() as u64
}

// Child futures.

//~ Suspend0: __awaitee -> buf certain
async fn child_borrows() -> u8 {
    let mut buf = [0; 64];
    leaf(&mut buf).await + buf[1]
}

//~ Suspend0: __awaitee -> buf may
async fn child_borrows_slice() -> u8 {
    let mut buf = [0; 64];
    leaf(&mut buf[4..]).await + buf[1]
}

//~ Suspend0: __awaitee -> a certain
async fn child_borrows_one(other: &String) -> usize {
    let a = String::new();
    look(&a, other).await + a.len()
}

//~ Suspend0: child -> buf certain
//~ Suspend1: __awaitee -> buf certain
async fn child_kept() -> u8 {
    let mut buf = [0; 64];
    let child = leaf(&mut buf);
    op().await;
    child.await
}

//~ Suspend0: child -> pinned certain
//~ Suspend0: pinned -> buf certain
//~ Suspend0: __awaitee -> pinned certain
async fn pinned_child() -> u8 {
    let mut buf = [0; 64];
    let mut child = pin!(leaf(&mut buf));
    child.as_mut().await
}

fn make(text: &String) -> impl Future<Output = usize> {
    async move { text.len() }
}

//~ Suspend0: __awaitee -> val certain
async fn made_by_a_function() -> usize {
    let val = String::new();
    make(&val).await + val.len()
}

fn boxed(text: &String) -> Pin<Box<dyn Future<Output = usize> + '_>> {
    Box::pin(async move { text.len() })
}

//~ Suspend0: __awaitee -> val may
async fn boxed_child() -> usize {
    let val = String::new();
    boxed(&val).await + val.len()
}

// Blocks and closures.

//~ Suspend0: __awaitee -> val certain
//~ in {closure#0} none
async fn block_captures_by_reference() -> usize {
    let val = String::new();
    let n = async { op().await; val.len() }.await;
    n + val.len()
}

//~ none
//~ in {closure#0} Suspend0: r -> ^val certain
async fn block_captures_by_value() -> usize {
    let val = String::new();
    async move {
        let r = &val;
        op().await;
        r.len()
    }
    .await
}

//~ Suspend0: add -> total certain
async fn closure_captures_by_reference() -> u32 {
    let mut total = 0;
    let mut add = |n: u32| total += n;
    op().await;
    add(1);
    total
}

//~ Suspend0: measure -> val certain
//~ Suspend0: __awaitee -> measure may
//~ Suspend0: __awaitee -> val may
async fn async_closure() -> usize {
    let val = String::new();
    let measure = async |n: usize| { op().await; val.len() + n };
    measure(1).await
}

//~ Suspend0: __awaitee -> one may
//~ Suspend0: __awaitee -> two may
//~ Suspend0: one -> a certain
//~ Suspend0: two -> b certain
//~ Suspend0: __awaitee -> a may
//~ Suspend0: __awaitee -> b may
async fn like_join() -> u8 {
    let (mut a, mut b) = ([0; 4], [0; 4]);
    let mut one = leaf(&mut a);
    let mut two = leaf(&mut b);
    std::future::poll_fn(|cx: &mut Context<'_>| {
        let one = unsafe { Pin::new_unchecked(&mut one) }.poll(cx);
        let two = unsafe { Pin::new_unchecked(&mut two) }.poll(cx);
        if one.is_ready() && two.is_ready() { Poll::Ready(1) } else { Poll::Pending }
    })
    .await
}

// Generics, methods and traits.

//~ Suspend0: r -> value certain
async fn generic<T: Debug>(value: T) -> String {
    let r = &value;
    op().await;
    format!("{r:?}")
}

//~ none
async fn generic_clone<T: Clone>(value: T) -> (T, T) {
    let other = value.clone();
    op().await;
    (value, other)
}

impl Data {
    //~ none
    async fn borrowed_self(&self) -> usize {
        let r = &self.name;
        op().await;
        r.len()
    }

    //~ Suspend0: r -> self.0 certain
    async fn owned_self(self) -> usize {
        let r = &self.name;
        op().await;
        r.len()
    }

    //~ Suspend0: __awaitee -> other certain
    async fn calls_a_method(&self) -> usize {
        let other = Data::default();
        other.borrowed_self().await + self.name.len() + other.name.len()
    }
}

trait Measure {
    async fn measure(&self) -> usize;
    async fn consume(self) -> usize;
}

impl Measure for Data {
    //~ Suspend0: __awaitee -> other certain
    async fn measure(&self) -> usize {
        let other = String::new();
        look(&self.name, &other).await + other.len()
    }

    //~ Suspend0: __awaitee -> self certain
    async fn consume(self) -> usize {
        self.measure().await + self.name.len()
    }
}

//~ Suspend0: __awaitee -> value may
async fn calls_a_trait<M: Measure>(value: M) -> usize {
    value.measure().await
}

// Kept in a place that can be changed through a shared reference.

//~ Suspend0: slot -> b may
//~ Suspend0: slot -> a may
async fn cell() -> u32 {
    let (a, b) = (1, 2);
    let slot = Cell::new(&a);
    slot.set(&b);
    op().await;
    *slot.get()
}
