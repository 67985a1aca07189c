//! The bytes of a machine are each for one thing, whatever its slots are.

mod machines;

use pinsight_machine::views::BarOptions;
use pinsight_machine::{Machine, MachineKind, Role, Segment, Slot, State, StateKind};

fn assert_tiles(machine: &Machine) {
    for state in machine.states.iter() {
        let map = machine.known_byte_map(state);
        let mut end = 0;
        for Segment { offset, size, .. } in &map {
            assert_eq!(*offset, end);
            assert!(*size > 0);
            end += size;
        }
        assert_eq!(end, machine.size.unwrap_or(0));
        assert!(map.windows(2).all(|pair| pair[0].kind != pair[1].kind), "{map:?}");
        if let Some(whole) = machine.byte_map(state) {
            assert_eq!(whole, map);
        }
    }
}

/// The numbers of Marsaglia's xorshift, always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % limit
    }
}

fn some_machine(numbers: &mut Numbers) -> Machine {
    let size = numbers.below(300);
    let slots = |numbers: &mut Numbers| -> Vec<Slot> {
        let slot = |numbers: &mut Numbers| Slot {
            offset: (numbers.below(20) > 0).then(|| numbers.below(320)),
            size: (numbers.below(20) > 0).then(|| numbers.below(64)),
            ..Slot::new("slot".into(), Role::Local)
        };
        (0..numbers.below(8)).map(|_| slot(numbers)).collect()
    };
    let state = |number, numbers: &mut Numbers| State {
        slots: slots(numbers).into(),
        ..State::new(StateKind::Suspended(number))
    };
    Machine {
        size: (numbers.below(10) > 0).then_some(size),
        discriminant: (numbers.below(4) > 0).then(|| (numbers.below(300), numbers.below(3))),
        states: (0..numbers.below(5) as u32).map(|number| state(number, numbers)).collect(),
        ..Machine::new(MachineKind::AsyncFn)
    }
}

#[test]
fn segments_tile_the_machine() {
    machines::all().iter().for_each(|(_, machine)| assert_tiles(machine));
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    (0..2_000).for_each(|_| assert_tiles(&some_machine(&mut numbers)));
}

#[test]
fn a_bar_is_as_wide_as_asked_and_no_view_panics() {
    let mut numbers = Numbers(0x2545_f491_4f6c_dd1d);
    for _ in 0..500 {
        let machine = some_machine(&mut numbers);
        let width = 1 + numbers.below(120) as usize;
        for state in machine.states.iter() {
            let Some(bar) = machine.byte_bar(state, &BarOptions { color: false, width }) else { continue };
            let size = machine.size.unwrap() as usize;
            let drawn = bar.to_string().chars().count();
            assert!(drawn <= width, "{bar}");
            assert!(size <= width || drawn == width, "{size} bytes in {width}: {bar}");
            assert!(bar.ruler().to_string().contains(&size.to_string()));
        }
        let views = [
            machine.to_text(&Default::default()).to_string(),
            machine.to_markdown(&Default::default()).to_string(),
            machine.to_svg(&Default::default()).to_string(),
            machine.to_mermaid(&Default::default()).to_string(),
        ];
        assert!(views.iter().all(|view| !view.is_empty()));
    }
}
