//! Any file is read to an answer or to an error: without a panic, and in bounded memory.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Ok(program) = pinsight_layout::read_bytes(data) {
        for machine in &program.machines {
            for state in machine.states.iter() {
                // What was read must not break what shows it either.
                let _ = machine.known_byte_map(state);
                for slot in 0..state.slots.len() {
                    let _ = machine.overlaps(state, slot);
                }
            }
        }
    }
});
