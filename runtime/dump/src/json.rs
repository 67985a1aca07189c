//! A dump as JSON.

use pinsight_rt::trace::{Cause, TaskInfo};
use std::fmt::{self, Write};

pub(super) fn write_task(json: &mut String, task: &TaskInfo) -> fmt::Result {
    write!(json, "{{\"id\":{},\"name\":", task.id)?;
    write_json_text(json, task.name.as_deref())?;
    json.push_str(",\"place\":");
    write_json_text(json, Some(&task.place.to_string()))?;
    json.push_str(",\"type\":");
    write_json_text(json, Some(task.type_name))?;
    write!(json, ",\"size\":{},\"address\":{},\"polls\":{}", task.size, task.address, task.polls)?;
    let times = [("busy", task.busy), ("longest", task.longest), ("idle", task.idle)];
    for (name, time) in times {
        write!(json, ",\"{name}_ns\":{}", time.as_nanos())?;
    }
    json.push_str(",\"wakes\":{");
    for (index, (name, count)) in Cause::NAMES.into_iter().zip(task.wakes).enumerate() {
        let comma = if index > 0 { "," } else { "" };
        write!(json, "{comma}\"{name}\":{count}")?;
    }
    json.push_str("},\"last_waker\":");
    write_json_text(json, task.last_waker.map(|cause| cause.to_string()).as_deref())?;
    json.push_str(",\"state\":");
    write_json_text(json, task.state.as_deref())?;
    json.push('}');
    Ok(())
}

fn write_json_text(json: &mut String, text: Option<&str>) -> fmt::Result {
    let Some(text) = text else { return json.write_str("null") };
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => write!(json, "\\{character}")?,
            control if control < ' ' => write!(json, "\\u{:04x}", control as u32)?,
            other => json.push(other),
        }
    }
    json.push('"');
    Ok(())
}
