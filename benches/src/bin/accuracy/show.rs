//! Both sides of one body, to find out why they differ.

use std::collections::BTreeMap;
use std::io::Write;

use crate::facts::{Body, Package, Suspend};
use crate::join;
use crate::predicted::File;

/// A line; whoever reads it may have seen enough.
macro_rules! put {
    ($($argument:tt)*) => {{
        let _ = writeln!(std::io::stdout(), $($argument)*);
    }};
}

pub(crate) fn bodies(package: &Package, files: &BTreeMap<String, File>, text: &str) {
    for (path, file) in files {
        let exact: Vec<&Body> = package.bodies.iter().filter(|body| body.file == *path).collect();
        for (body, joined) in exact.iter().zip(join::bodies(&exact, &file.bodies)) {
            if !body.path.contains(text) && !format!("{path}:{}", body.line).ends_with(text) {
                continue;
            }
            put!("{} {} at {}/{path}:{}", body.kind, body.path, package.folder, body.line);
            let Some(predicted) = joined.map(|index| &file.bodies[index]) else {
                put!("  not predicted");
                body.suspends.iter().for_each(|suspend| put!("  compiler   {}", line(suspend)));
                continue;
            };
            put!("  captured: {:?}, predicted {:?}", body.captured, predicted.captured);
            if !predicted.opaque.is_empty() {
                put!("  opaque: {:?}", predicted.opaque);
            }
            let joined = join::suspends(&body.suspends, &predicted.suspends);
            for (suspend, joined) in body.suspends.iter().zip(&joined) {
                put!("  compiler   {}", line(suspend));
                match joined {
                    Some(index) => put!("  predicted  {}", line(&predicted.suspends[*index])),
                    None => put!("  not predicted"),
                }
            }
            let extra = predicted.suspends.iter().enumerate().filter(|(index, _)| !joined.contains(&Some(*index)));
            extra.for_each(|(_, suspend)| put!("  predicted only  {}", line(suspend)));
        }
    }
}

fn line(suspend: &Suspend) -> String {
    let location = suspend.line.map_or_else(|| suspend.elsewhere.clone().unwrap_or_default(), |line| line.to_string());
    let mut text = format!("{location}:");
    let mut locals: Vec<_> = suspend.locals.iter().collect();
    locals.sort_by(|one, other| one.name.cmp(&other.name));
    for local in locals {
        text += &format!(" {}{}", local.name, if local.certain { "" } else { "?" });
    }
    for reference in &suspend.references {
        let arrow = if reference.certain { "->" } else { "-?>" };
        text += &format!("; {} {arrow} {}", reference.from, reference.to);
    }
    text
}
