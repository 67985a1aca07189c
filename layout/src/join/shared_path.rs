use crate::brackets;

/// What the compiler's debug info and its MIR call the same: `app`, `{impl}`, `run`, `{closure#0}`. Debug info numbers
/// the impl blocks, MIR gives their place; bodies are closures to MIR whatever they were written as.
pub(crate) fn shared_path(name: &str) -> Vec<String> {
    let segment = |segment: &str| {
        let is_impl = segment.starts_with("<impl at ") || segment.starts_with("{impl#");
        // The body of an async closure that takes what it captured by value: MIR has it twice.
        let is_other = segment.starts_with("{synthetic#");
        let number =
            segment.strip_prefix('{').and_then(|rest| rest.split_once('#')).and_then(|(_, rest)| rest.split_once('}'));
        match number {
            _ if is_impl => "{impl}".to_owned(),
            _ if is_other => segment.to_owned(),
            Some((number, _)) => format!("{{closure#{number}}}"),
            None => segment.to_owned(),
        }
    };
    brackets::split(name, "::").into_iter().map(segment).collect()
}
