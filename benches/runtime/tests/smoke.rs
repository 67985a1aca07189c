//! That every runtime does all the work it takes part in, a little of it.

use pinsight_rt_benches::one;
use pinsight_rt_benches::rt::Runtime;
use pinsight_rt_benches::workload::{Part, Workload};

#[test]
fn every_runtime_does_all_the_work_it_takes_part_in() {
    // A million tasks whatever the size; the other work that spawns is the same code.
    let workloads = Workload::ALL.into_iter().filter(|work| *work != Workload::Batches);
    for workload in workloads {
        for runtime in Runtime::ALL {
            let result = one::measure(runtime, workload, 130, false);
            if workload.part(runtime) == Part::None {
                assert!(result.is_err(), "{} did {}", runtime.name(), workload.name());
                continue;
            }
            let sample = result.unwrap();
            assert!(sample.wall > 0.0, "{} did {} in no time", runtime.name(), workload.name());
        }
    }
}
