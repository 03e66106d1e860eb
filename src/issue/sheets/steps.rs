//! Finds the leaves that stay, and gathers what lies between them into steps.

use super::{Pages, Plan, Side, Step};

/// Share of new leaves, in hundredths, above which printing the whole pack again is easier.
const MANY: usize = 60;

/// What one leaf that stays counts against the number of steps: more than there can be steps.
const LEAF: i64 = 1 << 32;

/// Plans how the leaves of a printed pack become those of a new one: with the fewest leaves to print,
/// and among the ways to do that with the fewest steps.
pub fn plan(old: &[Side], new: &[Side]) -> Plan {
    let (before, after): (Vec<&[Side]>, Vec<&[Side]>) = (old.chunks(2).collect(), new.chunks(2).collect());
    let stays = staying(&before, &after);
    let mut steps = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (here, there) in stays.iter().copied().chain([(before.len(), after.len())]) {
        let (take_out, put_in) = (pages(old, from, here), pages(new, to, there));
        if take_out.is_some() || put_in.is_some() {
            let place = from.checked_sub(1).and_then(|leaf| before[leaf].last()).map(|side| side.number.clone());
            steps.push(Step { take_out, put_in, after: place });
        }
        (from, to) = (here + 1, there + 1);
    }
    let leaves_to_print = after.len() - stays.len();
    Plan {
        steps,
        leaves_to_print,
        unchanged_leaves: stays.len(),
        whole_is_easier: leaves_to_print * 100 > after.len() * MANY,
    }
}

/// Gives the pages of the leaves from one index up to another.
fn pages(all: &[Side], first: usize, end: usize) -> Option<Pages> {
    let sides = 2 * first..(2 * end).min(all.len());
    let (first, last) = (all.get(sides.clone())?.first()?, all.get(sides.clone())?.last()?);
    Some(Pages { first: first.number.clone(), last: last.number.clone(), sides })
}

/// Gives the leaves that stay: their indices in the old and in the new pack, both ascending.
fn staying(old: &[&[Side]], new: &[&[Side]]) -> Vec<(usize, usize)> {
    let pairs = old.iter().zip(new);
    let head = pairs.take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let pairs = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = pairs.take_while(|(old, new)| old == new).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let between = common(&old[head..old_end], &new[head..new_end]);
    (0..head)
        .map(|index| (index, index))
        .chain(between.into_iter().map(|(here, there)| (head + here, head + there)))
        .chain((0..tail).map(|index| (old_end + index, new_end + index)))
        .collect()
}

/// Gives the longest common subsequence that leaves the fewest gaps.
fn common(old: &[&[Side]], new: &[&[Side]]) -> Vec<(usize, usize)> {
    let table = Table::of(old, new);
    let (mut here, mut there, mut open) = (0, 0, false);
    let mut kept = Vec::new();
    while here < old.len() && there < new.len() {
        let best = table.worth(here, there, open);
        if old[here] == new[there] && best == LEAF + table.worth(here + 1, there + 1, false) {
            kept.push((here, there));
            (here, there, open) = (here + 1, there + 1, false);
            continue;
        }
        if best == table.worth(here + 1, there, true) - i64::from(!open) {
            here += 1;
        } else {
            there += 1;
        }
        open = true;
    }
    kept
}

/// What is best from each pair of leaves on: leaves kept, less steps begun; for a place within a
/// step, and for one after a leaf that stays.
struct Table {
    columns: usize,
    worth: Vec<[i64; 2]>,
}

impl Table {
    fn of(old: &[&[Side]], new: &[&[Side]]) -> Self {
        let columns = new.len() + 1;
        let mut table = Self { columns, worth: vec![[0, 0]; (old.len() + 1) * columns] };
        for here in (0..=old.len()).rev() {
            for there in (0..=new.len()).rev() {
                let keep = (here < old.len() && there < new.len() && old[here] == new[there])
                    .then(|| LEAF + table.worth(here + 1, there + 1, false));
                let out = (here < old.len()).then(|| table.worth(here + 1, there, true));
                let inward = (there < new.len()).then(|| table.worth(here, there + 1, true));
                let Some(skip) = out.max(inward) else { continue };
                let best = |step: i64| keep.map_or(skip - step, |keep| keep.max(skip - step));
                table.worth[here * columns + there] = [best(1), best(0)];
            }
        }
        table
    }

    fn worth(&self, here: usize, there: usize, open: bool) -> i64 {
        self.worth[here * self.columns + there][usize::from(open)]
    }
}
