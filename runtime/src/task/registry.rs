//! The tasks of an executor that have had to wait, each under a number of its own, so that none has to be searched for. Most tasks
//! of a program that spawns in bulk end in their first poll, and never come here.

use super::TaskPtr;

#[derive(Default)]
pub(super) struct Registry {
    tasks: Vec<Option<TaskPtr>>,
    /// The numbers below `tasks.len()` that nobody has.
    free: Vec<u32>,
}

impl Registry {
    /// Returns the number of the task.
    pub(super) fn insert(&mut self, task: TaskPtr) -> u32 {
        if let Some(number) = self.free.pop() {
            self.tasks[number as usize] = Some(task);
            return number;
        }
        let number = u32::try_from(self.tasks.len()).unwrap_or(u32::MAX);
        self.tasks.push(Some(task));
        number
    }

    pub(super) fn remove(&mut self, number: u32) {
        self.tasks[number as usize] = None;
        self.free.push(number);
        if self.free.len() == self.tasks.len() {
            // So that the next ones lie in their order again.
            self.free.clear();
            self.tasks.clear();
        }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = TaskPtr> {
        self.tasks.iter().copied().flatten()
    }

    /// The first task whose number is at least this one.
    pub(super) fn first_from(&self, number: usize) -> Option<(usize, TaskPtr)> {
        self.tasks.iter().enumerate().skip(number).find_map(|(number, task)| Some((number, (*task)?)))
    }
}
