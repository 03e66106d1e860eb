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
    let stays = common(&before, &after, PartialEq::eq);
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

/// Gives the longest common subsequence that leaves the fewest gaps: its indices in both, ascending.
///
/// (`imara-diff` gives neither of the two, and asks for a hash, which pages known only in part do not have.)
pub(in crate::issue) fn common<T>(old: &[T], new: &[T], equal: impl Fn(&T, &T) -> bool) -> Vec<(usize, usize)> {
    let head = old.iter().zip(new).take_while(|(old, new)| equal(old, new)).count();
    let rest = old[head..].iter().rev().zip(new[head..].iter().rev());
    let tail = rest.take_while(|(old, new)| equal(old, new)).count();
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let between = between(&old[head..old_end], &new[head..new_end], equal);
    (0..head)
        .map(|index| (index, index))
        .chain(between.into_iter().map(|(here, there)| (head + here, head + there)))
        .chain((0..tail).map(|index| (old_end + index, new_end + index)))
        .collect()
}

/// Gives the same where neither the first nor the last are equal.
fn between<T>(old: &[T], new: &[T], equal: impl Fn(&T, &T) -> bool) -> Vec<(usize, usize)> {
    let equal = |here: usize, there: usize| equal(&old[here], &new[there]);
    let table = Table::of(old.len(), new.len(), equal);
    let (mut here, mut there, mut open) = (0, 0, false);
    let mut kept = Vec::new();
    while here < old.len() && there < new.len() {
        let best = table.worth(here, there, open);
        if equal(here, there) && best == LEAF + table.worth(here + 1, there + 1, false) {
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

/// What is best from each pair on: what is kept, less gaps begun; for a place within a gap, and for one after
/// something that stays.
struct Table {
    columns: usize,
    worth: Vec<[i64; 2]>,
}

impl Table {
    fn of(old: usize, new: usize, equal: impl Fn(usize, usize) -> bool) -> Self {
        let columns = new + 1;
        let mut table = Self { columns, worth: vec![[0, 0]; (old + 1) * columns] };
        for here in (0..=old).rev() {
            for there in (0..=new).rev() {
                let keep = (here < old && there < new && equal(here, there))
                    .then(|| LEAF + table.worth(here + 1, there + 1, false));
                let out = (here < old).then(|| table.worth(here + 1, there, true));
                let inward = (there < new).then(|| table.worth(here, there + 1, true));
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
