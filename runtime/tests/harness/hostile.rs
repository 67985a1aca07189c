//! Wakers that are as foreign as they may be: each of their functions runs code of the test.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{RawWaker, RawWakerVTable, Waker};

/// Which function of a waker was called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    Clone,
    Wake,
    WakeByRef,
    Drop,
}

/// What hostile wakers do, and what has come of it.
pub(crate) struct Hostility {
    act: Box<dyn Fn(Call) + Send + Sync>,
    /// How often they were woken, in either way.
    pub(crate) wakes: AtomicUsize,
    /// How often each function was called, in the order of `Call`.
    calls: [AtomicUsize; 4],
    /// What the code of the test has panicked with. Nobody else may see it: runtimes ignore panics of wakers.
    pub(crate) panics: Mutex<Vec<String>>,
}

thread_local! {
    /// Set while a waker acts: those that it causes to be called do not, or there would be no end.
    static ACTS: Cell<bool> = const { Cell::new(false) };
}

impl Hostility {
    pub(crate) fn new(act: impl Fn(Call) + Send + Sync + 'static) -> Arc<Self> {
        Arc::new(Self {
            act: Box::new(act),
            wakes: AtomicUsize::new(0),
            calls: Default::default(),
            panics: Mutex::default(),
        })
    }

    /// A waker unlike all others: so it has to be stored, and the one before dropped.
    pub(crate) fn waker(self: &Arc<Self>) -> Waker {
        raise(Arc::new(Arc::clone(self)))
    }

    pub(crate) fn calls(&self, call: Call) -> usize {
        self.calls[call as usize].load(Ordering::SeqCst)
    }

    fn on(&self, call: Call) {
        self.calls[call as usize].fetch_add(1, Ordering::SeqCst);
        if matches!(call, Call::Wake | Call::WakeByRef) {
            self.wakes.fetch_add(1, Ordering::SeqCst);
        }
        // A thread that ends has no locals any more.
        if ACTS.try_with(|acts| acts.replace(true)).unwrap_or(true) {
            return;
        }
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| (self.act)(call))) {
            let text = payload.downcast::<String>().map_or_else(|_| "a panic".to_owned(), |text| *text);
            self.panics.lock().unwrap().push(format!("in {call:?}: {text}"));
        }
        ACTS.with(|acts| acts.set(false));
    }
}

/// What the data of a waker points to. Two wakers are the same only if one is a clone of the other.
type Data = Arc<Hostility>;

static VTABLE: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, release);

fn raise(data: Arc<Data>) -> Waker {
    // SAFETY: The functions keep to the contract of `RawWaker`: `data` is that of `Arc::into_raw`, each waker has one reference of it,
    // and all of it is `Send` and `Sync`.
    unsafe { Waker::new(Arc::into_raw(data).cast(), &VTABLE) }
}

/// # Safety
///
/// `data` is that of a waker that lives.
unsafe fn borrowed(data: *const ()) -> Arc<Data> {
    // SAFETY: The caller's promise: there is a reference, and this makes one more.
    unsafe {
        Arc::increment_strong_count(data.cast::<Data>());
        Arc::from_raw(data.cast())
    }
}

unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: Called with the data of a waker.
    let shared = unsafe { borrowed(data) };
    shared.on(Call::Clone);
    RawWaker::new(Arc::into_raw(shared).cast(), &VTABLE)
}

unsafe fn wake(data: *const ()) {
    // SAFETY: Called with the data of a waker, which is consumed.
    let shared: Arc<Data> = unsafe { Arc::from_raw(data.cast()) };
    shared.on(Call::Wake);
}

unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: Called with the data of a waker.
    unsafe { borrowed(data) }.on(Call::WakeByRef);
}

unsafe fn release(data: *const ()) {
    // SAFETY: Called with the data of a waker, which is consumed.
    let shared: Arc<Data> = unsafe { Arc::from_raw(data.cast()) };
    shared.on(Call::Drop);
}
