//! Markdown tables, padded so that they can be read in a terminal too.

use std::fmt;

/// A table; its first row is the header.
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns.
    pub fn new<T: Into<String>>(header: impl IntoIterator<Item = T>) -> Self {
        let mut table = Self { rows: Vec::new() };
        table.push(header);
        table
    }

    /// Adds a row.
    pub fn push<T: Into<String>>(&mut self, row: impl IntoIterator<Item = T>) {
        self.rows.push(row.into_iter().map(Into::into).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.rows[0].len()).map(width).collect();
        for (number, row) in self.rows.iter().enumerate() {
            write!(f, "|")?;
            for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
                match column {
                    0 => write!(f, " {cell:<width$} |")?,
                    _ => write!(f, " {cell:>width$} |")?,
                }
            }
            writeln!(f)?;
            if number == 0 {
                write!(f, "|")?;
                for (column, width) in widths.iter().enumerate() {
                    match column {
                        0 => write!(f, " {:-<width$} |", "")?,
                        // The colon is what aligns the column to the right.
                        _ => write!(f, " {:->1$} |", ":", *width)?,
                    }
                }
                writeln!(f)?;
            }
        }
        Ok(())
    }
}

/// Whether a measured ratio keeps to its limit, in the words of the tables.
pub fn verdict(measured: f64, limit: f64) -> &'static str {
    if measured <= limit { "yes" } else { "**no**" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_padded_and_numbers_are_on_the_right() {
        let mut table = Table::new(["kind", "µs"]);
        table.push(["a", "1,234"]);
        assert_eq!(table.to_string(), "| kind |    µs |\n| ---- | ----: |\n| a    | 1,234 |\n");
    }
}
