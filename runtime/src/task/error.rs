//! What is there in place of an output.

use std::any::Any;
use std::error::Error;
use std::fmt;
use std::panic::resume_unwind;
use std::sync::{Mutex, PoisonError};

/// Why a task has no output.
// In one word, since every task has room for it.
pub struct JoinError(Option<Box<Panic>>);

struct Panic {
    /// A payload need not be `Sync`. Nobody locks it.
    payload: Mutex<Box<dyn Any + Send>>,
    message: Option<String>,
}

impl JoinError {
    pub(crate) fn of_abort() -> Self {
        Self(None)
    }

    pub(crate) fn of_panic(payload: Box<dyn Any + Send>) -> Self {
        let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
        let message = text.or_else(|| payload.downcast_ref::<String>().cloned());
        Self(Some(Box::new(Panic { payload: Mutex::new(payload), message })))
    }

    /// The task was aborted, or its executor is gone.
    pub fn is_aborted(&self) -> bool {
        self.0.is_none()
    }

    /// The task panicked.
    pub fn is_panic(&self) -> bool {
        self.0.is_some()
    }

    /// What the task panicked with, or the error itself if it did not.
    ///
    /// # Errors
    ///
    /// The error itself, if the task was aborted.
    pub fn try_into_panic(self) -> Result<Box<dyn Any + Send>, Self> {
        match self.0 {
            Some(panic) => Ok(panic.payload.into_inner().unwrap_or_else(PoisonError::into_inner)),
            None => Err(self),
        }
    }

    /// Goes on with the panic of the task.
    ///
    /// # Panics
    ///
    /// Always: with the task's panic, or, if it was aborted, with a message that says so.
    pub fn resume(self) -> ! {
        match self.try_into_panic() {
            Ok(payload) => resume_unwind(payload),
            Err(error) => panic!("{error}"),
        }
    }
}

impl fmt::Display for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_ref().map(|panic| &panic.message) {
            None => f.write_str("the task was aborted"),
            Some(Some(message)) => write!(f, "the task panicked: {message}"),
            Some(None) => f.write_str("the task panicked"),
        }
    }
}

impl fmt::Debug for JoinError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "JoinError({self})")
    }
}

impl Error for JoinError {}
