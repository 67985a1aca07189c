use alloc::vec;
use alloc::vec::Vec;

/// An arrow beside a column, from one height to another.
#[derive(Clone, Debug)]
pub(super) struct Arrow {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) certain: bool,
    pub(super) words: alloc::string::String,
    /// Counted from the column outwards.
    pub(super) lane: usize,
}

/// Gives each arrow a lane in which no other runs at the same height; short ones are near the column. `extent` is where an arrow
/// begins and ends, the upper end first.
pub(super) fn assign(arrows: &mut [Arrow], extent: impl Fn(&Arrow) -> (f64, f64)) -> usize {
    let mut order: Vec<usize> = (0..arrows.len()).collect();
    let length = |arrow: &Arrow| extent(arrow).1 - extent(arrow).0;
    order.sort_by(|&one, &other| length(&arrows[one]).total_cmp(&length(&arrows[other])));
    let mut lanes: Vec<Vec<(f64, f64)>> = Vec::new();
    for index in order {
        let (top, bottom) = extent(&arrows[index]);
        let free = |lane: &Vec<(f64, f64)>| lane.iter().all(|taken| bottom < taken.0 || taken.1 < top);
        let lane = lanes.iter().position(free).unwrap_or_else(|| {
            lanes.push(vec![]);
            lanes.len() - 1
        });
        lanes[lane].push((top, bottom));
        arrows[index].lane = lane;
    }
    lanes.len()
}

/// Moves labels apart: as near as possible to where they want to be, none nearer than `height` to the next, all between 0 and
/// `limit`, which must have room for them. `wanted` is in ascending order.
pub(super) fn spread(wanted: &[f64], height: f64, limit: f64) -> Vec<f64> {
    // Labels that touch form a group, whose place is the mean of what its members want of it. A group that is pushed into the
    // next one joins it.
    let mut groups: Vec<(f64, usize)> = Vec::new();
    for (index, wanted) in wanted.iter().enumerate() {
        groups.push((wanted - index as f64 * height, 1));
        while let [.., before, last] = groups.as_mut_slice() {
            if before.0 <= last.0 {
                break;
            }
            let members = before.1 + last.1;
            *before = ((before.0 * before.1 as f64 + last.0 * last.1 as f64) / members as f64, members);
            groups.pop();
        }
    }
    let least = height / 2.0;
    let most = (limit - height * wanted.len() as f64 + least).max(least);
    let starts = groups.iter().flat_map(|&(start, members)| core::iter::repeat_n(start.clamp(least, most), members));
    starts.enumerate().map(|(index, start)| start + index as f64 * height).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_do_not_overlap_and_stay_inside() {
        for wanted in [vec![0.0, 0.0, 0.0], vec![100.0; 5], vec![0.0, 49.0, 50.0, 51.0, 100.0], vec![], vec![50.0]] {
            let placed = spread(&wanted, 20.0, 100.0);
            assert!(placed.windows(2).all(|pair| pair[1] - pair[0] >= 19.999), "{placed:?}");
            assert!(placed.iter().all(|&location| (9.999..=90.001).contains(&location)), "{placed:?}");
        }
        assert_eq!(spread(&[50.0], 20.0, 100.0), [50.0]);
        assert_eq!(spread(&[50.0, 50.0], 20.0, 100.0), [40.0, 60.0], "both give way");
    }

    #[test]
    fn arrows_at_the_same_height_have_their_own_lanes() {
        let arrow = |from, to| Arrow { from, to, certain: true, words: "".into(), lane: 9 };
        let mut arrows = [arrow(0, 9), arrow(1, 2), arrow(3, 2), arrow(5, 6)];
        let extent = |arrow: &Arrow| (arrow.from.min(arrow.to) as f64, arrow.from.max(arrow.to) as f64);
        assert_eq!(assign(&mut arrows, extent), 3);
        assert_eq!(arrows.map(|arrow| arrow.lane), [2, 0, 1, 0]);
    }
}
