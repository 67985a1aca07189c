//! pin-project has no method at all on an enum without `project = …`; here it has the documented default name.

use pinsight::PinProject;
use std::pin::pin;

#[derive(PinProject)]
#[pin(project_ref)]
enum Task<F> {
    Running(#[pin] F),
    Done,
}

fn main() {
    let mut task = pin!(Task::Running(1));
    match task.as_mut().project() {
        TaskProj::Running(future) => assert_eq!(*future, 1),
        TaskProj::Done => unreachable!(),
    }
    task.set(Task::Done);
    assert!(matches!(task.as_ref().project_ref(), TaskProjRef::Done));
}
