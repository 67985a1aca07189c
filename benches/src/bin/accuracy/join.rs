//! Which body of the compiler is which of the prediction, and which of their suspend points are the same.

use crate::facts::{Body, Suspend};

/// Whether a body of the compiler may be that predicted one.
type Rule<'r> = &'r dyn Fn(&Body, &Body) -> bool;

/// For each body of the compiler the predicted one. Both are of one file.
pub(crate) fn bodies(exact: &[&Body], predicted: &[Body]) -> Vec<Option<usize>> {
    let mut joined = vec![None; exact.len()];
    let mut is_taken = vec![false; predicted.len()];
    // The columns are not known, so that the bodies of one line are taken in their order; those that agree best come first.
    let overlap = |one: &Body, other: &Body| lines(one).iter().any(|line| lines(other).contains(line));
    let rules: [Rule<'_>; 7] = [
        &|one, other| one.line == other.line && one.kind == other.kind && lines(one) == lines(other),
        // What is an async block to the compiler may be an `async fn` in the source: an attribute made it so, and perhaps
        // another `async fn` around it.
        &|one, other| one.line == other.line && !lines(one).is_empty() && lines(one) == lines(other),
        &|one, other| one.line == other.line && overlap(one, other),
        &|one, other| one.line == other.line && one.kind == other.kind,
        &|one, other| one.line == other.line,
        &overlap,
        // A function with a signature of several lines: one side says where its name is.
        &|one, other| {
            let is_before = (one.line.saturating_sub(SIGNATURE)..=one.line).contains(&other.line);
            is_before && one.kind == other.kind && last(one) == last(other)
        },
    ];
    for rule in rules {
        for (body, joined) in exact.iter().zip(&mut joined) {
            if joined.is_some() {
                continue;
            }
            let found = predicted.iter().enumerate().position(|(index, other)| !is_taken[index] && rule(body, other));
            if let Some(index) = found {
                is_taken[index] = true;
                *joined = Some(index);
            }
        }
    }
    joined
}

/// As many lines a signature has at most.
const SIGNATURE: u32 = 40;

fn last(body: &Body) -> Option<&str> {
    body.path.rsplit("::").next()
}

fn lines(body: &Body) -> Vec<u32> {
    body.suspends.iter().filter_map(|suspend| suspend.line).collect()
}

/// Pairs the suspend points of one body, both in their order: as many as possible by their line, and then those that the
/// compiler places in a macro elsewhere by what stands between their neighbours.
pub(crate) fn suspends(exact: &[Suspend], predicted: &[Suspend]) -> Vec<Option<usize>> {
    let score = |one: &Suspend, other: &Suspend| match one.line {
        Some(line) if other.line == Some(line) => 1000,
        Some(_) => 0,
        None => 1,
    };
    let (rows, columns) = (exact.len(), predicted.len());
    // The best score of what follows, for each pair of beginnings.
    let mut best = vec![vec![0; columns + 1]; rows + 1];
    for row in (0..rows).rev() {
        for column in (0..columns).rev() {
            let points = score(&exact[row], &predicted[column]);
            let pair = if points > 0 { points + best[row + 1][column + 1] } else { 0 };
            best[row][column] = pair.max(best[row + 1][column]).max(best[row][column + 1]);
        }
    }
    let mut joined = vec![None; rows];
    let (mut row, mut column) = (0, 0);
    while row < rows && column < columns {
        let points = score(&exact[row], &predicted[column]);
        if points > 0 && best[row][column] == points + best[row + 1][column + 1] {
            joined[row] = Some(column);
            (row, column) = (row + 1, column + 1);
        } else if best[row][column] == best[row + 1][column] {
            row += 1;
        } else {
            column += 1;
        }
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(lines: &[Option<u32>]) -> Vec<Suspend> {
        let point = |line: &Option<u32>| Suspend {
            line: *line,
            elsewhere: line.is_none().then(|| "macro.rs".to_owned()),
            own_line: None,
            locals: Vec::new(),
            references: Vec::new(),
        };
        lines.iter().map(point).collect()
    }

    #[test]
    fn a_line_is_worth_more_than_a_macro() {
        let exact = points(&[Some(1), None, Some(3), Some(3)]);
        assert_eq!(
            suspends(&exact, &points(&[Some(1), Some(2), Some(3), Some(3)])),
            [Some(0), Some(1), Some(2), Some(3)]
        );
        assert_eq!(suspends(&exact, &points(&[Some(1), Some(3)])), [Some(0), None, Some(1), None]);
        assert_eq!(suspends(&exact, &points(&[Some(4)])), [None, Some(0), None, None]);
    }
}
