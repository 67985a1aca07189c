/// The model of a state machine, and its views: what [`#[explain]`](macro@explain) gives as a value.
///
/// ```
/// use pinsight::explain;
/// use pinsight::machine::{Certainty, StateKind};
///
/// # async fn op() {}
/// #[explain]
/// async fn process_data() {
///     let val: String = String::from("Hello");
///     let val_ref = &val;
///     op().await;
///     println!("{val_ref}");
/// }
///
/// let waiting = process_data::MACHINE.state(StateKind::Suspended(0)).unwrap().clone();
/// let [val, val_ref, _] = &*waiting.slots else { panic!("it stores two values, and the future that it awaits") };
/// assert_eq!(val.type_name.as_deref(), Some("String"));
/// assert_eq!(val_ref.points_at[0].certainty, Certainty::Certain);
/// ```
pub use pinsight_machine as machine;

/// Tells what an async function is going to be lowered to: where it suspends, what each suspension keeps, why, and which kept
/// value points at another one.
///
/// It predicts that from the source, without a build, while you type; where only a type could decide, it says *maybe* and what
/// decides it. `cargo pinsight` reads the same from the compiled program, exactly. The function itself comes out token for token
/// as it went in.
///
/// ```
/// use pinsight::explain;
///
/// # async fn op() {}
/// #[explain]
/// async fn process_data() {
///     let val: String = String::from("Hello");
///     let val_ref = &val;
///     op().await;
///     println!("{val_ref}");
/// }
///
/// println!("{}", process_data::MACHINE);
/// ```
///
/// Needs the feature `explain`, which is off by default: it compiles syn.
///
/// | put it on | docs of | the machine is the constant |
/// | --- | --- | --- |
/// | an `async fn` | the function | `process_data::MACHINE`, in a module with the function's name |
/// | a method | the method | `Type::PROCESS_DATA_MACHINE`: see [methods](#methods) |
/// | a function that ends in an `async` block | the function | as above |
/// | an `impl` or an inline module | each async function in it | as above, for each |
///
/// A function in an `impl` or a module that has an `#[explain]` of its own is left to that one.
///
/// What is being typed and does not parse yet is passed through as it is. On anything that is not async:
///
/// ```text
/// error: `process` is not async, so it has no state machine
///        help: write `async fn`, or remove `#[explain]`
///
/// error: only an async function can be explained
///        help: put `#[explain]` on an `async fn`, on an `impl` block or on an inline module
/// ```
///
/// # Expansion
///
/// For the function above, shortened; `examples/process_data-expanded.rs` in the repository has all of it:
///
/// ```ignore
/// /// # State machine
/// ///
/// /// (a picture, and a table of what is kept in each state, and why)
/// async fn process_data() { /* as it was */ }
///
/// mod process_data {
///     pub const MACHINE: pinsight::machine::Machine = Machine { /* nothing but borrowed data */ };
/// }
/// ```
///
/// The module has the visibility of the function. In links of the docs, say which one is meant: `` [`fn@process_data`] ``.
///
/// # Methods
///
/// An `impl` cannot have modules, so the machine of a method is a constant of its type. Two things cannot be seen from a single
/// method:
/// - *Whether it is one of a trait*, whose `impl` takes no further constants. So a single method gets its constant if it has a
///   visibility, or if it is asked for with [`name`](#name) or `value = true`. On the whole `impl` of a trait, the constants go
///   into one of the type's own, if its type is of this crate and has all parameters. They share its names, so of two
///   implementations with a method of the same name, one has to say `value = false`.
/// - *Whether it is a method at all*, if it has neither a `self` nor a `Self`. Then put the attribute on the `impl`, or write
///   `name` if only docs and constant are wanted; else the compiler says: module is not supported in `trait`s or `impl`s.
///
/// # `docs`
///
/// `docs = false` leaves out the section in the docs. The picture in it is HTML, which some editors show as text when they show the
/// docs of a function.
///
/// ```
/// # use pinsight::explain;
/// #[explain(docs = false)]
/// async fn process() {}
/// # let _ = process;
/// ```
///
/// Expands to the function, and the module with the constant. Where it goes wrong:
///
/// ```text
/// error: expected `true` or `false`
///        help: write `docs = false`
/// ```
///
/// # `value`
///
/// `value = false` leaves out the constant, `value = true` asks for it where it is not there by itself: see
/// [methods](#methods).
///
/// ```
/// # use pinsight::explain;
/// struct Client;
///
/// impl Client {
///     #[explain(value = true)]
///     async fn connect(&self) {}
/// }
///
/// assert_eq!(Client::CONNECT_MACHINE.suspend_states().count(), 0);
/// # let _ = Client.connect();
/// ```
///
/// Expands to `const CONNECT_MACHINE` beside the method. Where it goes wrong:
///
/// ```text
/// error: `docs = false` and `value = false` leave nothing to be done
///        help: remove one of the two, or the whole `#[explain]`
///
/// error: `&str` cannot have constants of its own, so its machines cannot be values
///        help: remove `value = true`
///
/// error[E0438]: const `SERVE_MACHINE` is not a member of trait `Service`
/// ```
///
/// # `name`
///
/// `name = NAME` makes a constant with that name beside the function, and no module. It is for where the name of the function is
/// taken by a type or a module, and for a function of an `impl` that has neither `self` nor `Self`.
///
/// ```
/// # use pinsight::explain;
/// #[explain(name = PROCESS)]
/// async fn process() {}
///
/// assert!(PROCESS.path.ends_with("process"));
/// # let _ = process;
/// ```
///
/// Expands to `const PROCESS: Machine`, with the visibility of the function. Where it goes wrong:
///
/// ```text
/// error: expected a name for the constant
///        help: write `name = PROCESS_MACHINE`
///
/// error: `name` cannot be the name of several machines
///        help: put `#[explain(name = …)]` on the one function that it is meant for
/// ```
///
/// # `warn`
///
/// `warn` says at each `.await` what is kept there, as a warning of the compiler: so it is seen in the editor, where it belongs.
///
/// ```
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(warn)]
/// async fn process_data() {
///     let val: String = String::from("Hello");
///     let val_ref = &val;
///     op().await;
///     println!("{val_ref}");
/// }
/// # let _ = process_data;
/// ```
///
/// ```text
/// warning: use of deprecated constant `_::SUSPENDS_HERE`: 2 values are kept here
///          - `val`, a `String`: dropped in line 8, borrowed by `val_ref` in line 5
///          - `val_ref`: used in line 7; points at `val`
///          note: the future points into itself from here on, so it may not be moved
///   |
/// 6 |     op().await;
///   |          ^^^^^
/// ```
///
/// Expands to the use of a constant that is deprecated, since a macro has no other way to warn on stable:
///
/// ```ignore
/// const _: () = {
///     #[deprecated(note = "2 values are kept here …")]
///     const SUSPENDS_HERE: () = ();
///     const _: () = SUSPENDS_HERE;
/// };
/// ```
///
/// So the warnings have the level of `deprecated`: `#![deny(warnings)]` makes errors of them, `#[allow(deprecated)]` on the
/// module silences them. Remove `warn` when you have seen what you wanted to see. Where it goes wrong:
///
/// ```text
/// error: `warn` takes no value
///        help: write `warn`
/// ```
///
/// # `max_size`
///
/// `max_size = bytes` fails the build if the compiled future is larger. The size is the compiler's, not predicted.
///
/// ```
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(max_size = 64)]
/// async fn process() {
///     op().await;
/// }
/// # let _ = process;
/// ```
///
/// ```compile_fail,E0080
/// # use pinsight::explain;
/// # async fn send(_: &[u8]) {}
/// #[explain(max_size = 1024)]
/// async fn process() {
///     let buffer = [0; 2048];
///     send(&buffer).await;
///     send(&buffer).await;
/// }
/// # let _ = process;
/// ```
///
/// ```text
/// error[E0080]: evaluation panicked: the future of `process` has 2,088 bytes, but `max_size` allows 1,024
///               help: `cargo pinsight show process` says what takes them up
///   |
/// 9 | async fn process() {
///   |          ^^^^^^^ evaluation of `_` failed here
/// ```
///
/// The size of a generic function is that of an instance, which has to be named: its parameters, those of the `impl`, and by their
/// names the arguments whose type is an `impl …`.
///
/// ```
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(max_size(1024, T = u32, source = std::ops::Range<u32>))]
/// async fn sum<T: From<u32> + std::iter::Sum>(source: impl Iterator<Item = T>) -> T {
///     op().await;
///     source.sum()
/// }
/// # let _ = sum::<u32>(0..1);
/// ```
///
/// Expands to
///
/// ```ignore
/// const _: () = {
///     const fn size<A, R>(_: unsafe fn(A) -> R) -> usize { size_of::<R>() }
///     check_size(size::<Range<u32>, _>(sum::<u32>), 1024, "sum");
/// };
/// ```
///
/// The methods of a generic `impl` need the attribute on the whole of it. Where it goes wrong:
///
/// ```text
/// error: `process` is generic: its size depends on `T`
///        help: name the instance that is meant: `max_size(bytes, T = …)`
///
/// error: `U` is not a parameter of the function
///        help: write `T`
///
/// error: expected a number of bytes
///        help: write `max_size = 1024`, or `max_size(1024, T = u32)` for a generic function
/// ```
///
/// # `max_suspends`
///
/// `max_suspends = n` fails the build if the function has more suspend points.
///
/// ```
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(max_suspends = 1)]
/// async fn process() {
///     op().await;
/// }
/// # let _ = process;
/// ```
///
/// Expands to nothing, or to the error:
///
/// ```text
/// error: `process` has 2 suspend points, but `max_suspends` allows 1
///        help: await fewer futures in it, for example together with `join!`, or allow 2
/// ```
///
/// # `deny`
///
/// `deny(self_reference)` refuses a body in which a kept value certainly points at another kept one, so that the future may not be
/// moved once it has been polled.
///
/// ```compile_fail
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(deny(self_reference))]
/// async fn process() {
///     let text = String::from("Hello");
///     let word = &text;
///     op().await;
///     println!("{word}");
/// }
/// ```
///
/// Expands to nothing, or to the error:
///
/// ```text
/// error: `process` refers to itself: `word`, which is kept here, points at `text`, which is kept too
///        help: end the use of `word` before this `.await`, or make it after it
/// ```
///
/// A reference that *may* point at another value is not refused, nor is the future that is awaited, if it borrows something: nearly
/// every one does.
///
/// # `expand`
///
/// `expand` adds the machine as an enum, for whoever looks at `cargo expand`: a variant for each state, a field for each value that
/// it keeps. It is never used, so it costs nothing at run time.
///
/// ```
/// # use pinsight::explain;
/// # async fn op() {}
/// #[explain(expand)]
/// async fn process_data() {
///     let val: String = String::from("Hello");
///     let val_ref: &String = &val;
///     op().await;
///     println!("{val_ref}");
/// }
/// # let _ = process_data;
/// ```
///
/// Expands to
///
/// ```ignore
/// mod __process_data_states {
///     pub enum ProcessData<'machine, Awaitee0> {
///         /// Made, and not polled yet. What it has captured keeps its place in every state.
///         Unresumed,
///         /// Finished.
///         Returned,
///         /// A poll has panicked.
///         Panicked,
///         /// Waits for `op()` in line 6.
///         Suspend0 {
///             /// Kept because: dropped in line 8, borrowed by `val_ref` in line 5.
///             val: String,
///             /// Kept because: used in line 7. Points at `val`.
///             val_ref: &'machine String,
///             /// The future that is awaited.
///             __awaitee: Awaitee0,
///         },
///     }
/// }
/// ```
///
/// A type that is not written in the source, or that may have another meaning there, is a parameter of the enum, with the name of
/// the type if it has one. Where it goes wrong:
///
/// ```text
/// error: `expand` takes no value
///        help: write `expand`
/// ```
///
/// # `edition`
///
/// `edition = 2021` predicts by the rules of that edition of Rust, in which some temporaries are dropped later. A macro cannot see
/// which edition a crate has; without the argument it is 2024.
///
/// ```
/// # use pinsight::explain;
/// #[explain(edition = 2021)]
/// async fn process() {}
/// # let _ = process;
/// ```
///
/// Expands to the same, with another machine if the edition makes a difference. Where it goes wrong:
///
/// ```text
/// error: expected an edition of Rust
///        help: write `edition = 2021`, or leave it out for 2024
/// ```
///
/// # `crate`
///
/// `crate = path` says where the `pinsight` crate is found, as for [the projections](derive@crate::PinProject#crate).
///
/// ```
/// mod reexported {
///     pub use pinsight;
/// }
///
/// #[reexported::pinsight::explain(crate = reexported::pinsight, name = PROCESS)]
/// async fn process() {}
/// # let _ = process;
/// ```
///
/// Expands to the same, with `reexported::pinsight` for `::pinsight`. Where it goes wrong:
///
/// ```text
/// error: expected the path of the `pinsight` crate
///        help: write `crate = some::path`
/// ```
///
/// # Several arguments
///
/// They are separated by commas, in any order, each of them once. All mistakes are told at once:
///
/// ```text
/// error: unknown argument `max_sizes`
///        help: write `max_size`
///
/// error: duplicate `warn` argument
///        help: remove one of the two
///
/// error: expected an argument before this comma
///        help: remove the comma
/// ```
pub use pinsight_macros::explain;
