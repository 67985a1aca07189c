use crate::diagnostics::Diagnostics;
use crate::quote::Tokens;
use pinsight_lowering::Prediction;
use pinsight_machine::Certainty;

/// What the compiler shows at each `.await`.
pub(super) fn of(prediction: &Prediction) -> Tokens {
    let mut warnings = Diagnostics::default();
    add(prediction, &mut warnings);
    warnings.into_tokens()
}

fn add(prediction: &Prediction, warnings: &mut Diagnostics) {
    let machine = &prediction.machine;
    for (state, place) in machine.suspend_states().zip(&prediction.awaits) {
        let kept = machine.stored_values(state);
        let mut message = match kept.len() {
            0 => "nothing is kept here but the future that is awaited".to_owned(),
            1 => "one value is kept here".to_owned(),
            count => format!("{count} values are kept here"),
        };
        for kept in &kept {
            let ty = kept.type_name.as_ref().map(|name| format!(", a {name}")).unwrap_or_default();
            message += &format!("\n- {}{ty}: {}", kept.name, kept.sentence());
        }
        if kept.iter().flat_map(|kept| &kept.points_at).any(|(certainty, _)| *certainty == Certainty::Certain) {
            message += "\nnote: the future points into itself from here on, so it may not be moved";
        }
        warnings.warning(*place, "SUSPENDS_HERE", message);
    }
    prediction.children.iter().for_each(|child| add(child, warnings));
}
