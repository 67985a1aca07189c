//! The programs of the book, and the tests that hold its listings. The book begins at `SUMMARY.md`.

/// Compiles what stands in the chapters and in `compat/README.md` beside the programs: above all, what must not compile.
#[cfg(doctest)]
mod chapters {
    macro_rules! chapters {
        ($($name:ident = $file:literal,)*) => { $(#[doc = include_str!(concat!("../", $file))] struct $name;)* };
    }
    chapters! {
        Moves = "01-moves.md",
        Pin = "02-pin.md",
        Unpin = "03-unpin.md",
        Places = "04-places.md",
        Projections = "05-projections.md",
        Retry = "06-retry.md",
        Executor = "07-executor.md",
        Reactor = "08-reactor.md",
        Large = "09-large.md",
        Trouble = "10-trouble.md",
        Moving = "../compat/README.md",
    }
}
