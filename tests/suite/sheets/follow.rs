//! Follows the written instructions, as the person does who holds the printed pack.

use boardpack::issue::sheets::{Pages, Plan, Side, Step, plan};
use proptest::prelude::*;

/// Carries out the steps from the front of the pack to its back, and gives what is then held. Only
/// what the instruction page says is used: places are found by the numbers printed on leaves, each
/// behind the place of the step before; what is put in comes off the pile of new leaves.
pub fn apply(old: &[Side], plan: &Plan, new: &[Side]) -> Vec<Side> {
    let mut pile = plan.sides_to_print().into_iter().filter_map(|side| new.get(side).cloned());
    let mut held: Vec<Side> = old.to_vec();
    // What lies before this has been dealt with.
    let mut at = 0;
    let find = |held: &[Side], from: usize, number: &str| {
        held.iter().skip(from).position(|side| side.number == number).map(|index| from + index)
    };
    for step in &plan.steps {
        if let Some(pages) = &step.take_out {
            let (Some(first), Some(last)) = (find(&held, at, &pages.first), find(&held, at, &pages.last)) else {
                continue;
            };
            held.drain(first..=last);
            at = first;
        } else if let Some(number) = &step.after {
            at = find(&held, at, number).map_or(at, |index| index + 1);
        }
        let Some(pages) = &step.put_in else { continue };
        let mut count = 0;
        for side in pile.by_ref() {
            let is_last = side.number == pages.last;
            held.insert(at + count, side);
            count += 1;
            if is_last {
                break;
            }
        }
        at += count;
    }
    held
}

/// Gives the sides of leaves such as `11 12=x`: numbers, and what they show where it is not the number.
fn sides(words: &str) -> Vec<Side> {
    let side = |word: &str| {
        let (number, content) = word.split_once('=').unwrap_or((word, word));
        Side { number: number.into(), content: content.into(), blank: false }
    };
    words.split_whitespace().map(side).collect()
}

/// Gives the steps in short.
fn short(plan: &Plan) -> Vec<String> {
    let pages = |pages: &Option<Pages>| {
        pages.as_ref().map_or("-".to_owned(), |pages| format!("{}..{}", pages.first, pages.last))
    };
    let step = |step: &Step| {
        let after = step.after.as_deref().unwrap_or("front");
        format!("{} for {} after {after}", pages(&step.put_in), pages(&step.take_out))
    };
    plan.steps.iter().map(step).collect()
}

#[test]
fn steps_name_what_goes_and_what_comes() {
    let old = sides("1 2 3 4 5 6 7 8");
    let new = sides("1 2 3=x 4 4A 4B 5 6");
    let plan = plan(&old, &new);
    assert_eq!(short(&plan), ["3..4B for 3..4 after 2", "- for 7..8 after 6"]);
    assert_eq!((plan.leaves_to_print, plan.unchanged_leaves, plan.whole_is_easier), (2, 2, false));
    assert_eq!(apply(&old, &plan, &new), new);
}

#[test]
fn leaves_can_come_to_the_front_and_to_the_back() {
    let (old, new) = (sides("1 2"), sides("0 0A 1 2 2A 2B"));
    let plan = plan(&old, &new);
    assert_eq!(short(&plan), ["0..0A for - after front", "2A..2B for - after 2"]);
    assert!(plan.whole_is_easier, "two leaves of three are new");
    assert_eq!(apply(&old, &plan, &new), new);
}

#[test]
fn the_same_pack_needs_nothing_and_none_at_all_is_no_fault() {
    let pack = sides("1 2 3 4");
    assert!(plan(&pack, &pack).steps.is_empty());
    assert!(plan(&[], &[]).steps.is_empty());
    assert_eq!(apply(&[], &plan(&[], &pack), &pack), pack);
    assert_eq!(apply(&pack, &plan(&pack, &[]), &[]), []);
    assert_eq!(apply(&pack, &plan(&pack, &sides("1 2 3")), &sides("1 2 3")), sides("1 2 3"));
}

#[test]
fn of_ways_with_as_many_leaves_the_one_with_fewer_steps_is_taken() {
    // Leaf 3 moved behind 5 and 7: one of both must be printed again.
    let old = sides("1 2 3 4 5 6 7 8 9 10");
    let new = sides("1 2 5 6 3 4 7 8 9 10");
    let plan = plan(&old, &new);
    assert_eq!((plan.steps.len(), plan.leaves_to_print), (2, 1));
    assert_eq!(apply(&old, &plan, &new), new);
}

/// Leaves in any order, each number at most once, each leaf in one of two wordings.
fn packs() -> impl Strategy<Value = Vec<Side>> {
    let leaf = (0..12_u32, 0..3_u32);
    prop::collection::vec(leaf, 0..14).prop_map(|leaves| {
        let mut seen = std::collections::BTreeSet::new();
        let fresh = leaves.into_iter().filter(|(number, _)| seen.insert(*number));
        let words: Vec<String> =
            fresh.map(|(number, wording)| format!("{}={wording} {}", 2 * number + 1, 2 * number + 2)).collect();
        sides(&words.join(" "))
    })
}

/// Counts the leaves that can stay, in the plainest way.
fn most_that_stay(old: &[Side], new: &[Side]) -> usize {
    let (old, new): (Vec<&[Side]>, Vec<&[Side]>) = (old.chunks(2).collect(), new.chunks(2).collect());
    let mut row = vec![0; new.len() + 1];
    for leaf in old {
        let above = row.clone();
        for (index, other) in new.iter().enumerate() {
            row[index + 1] = if leaf == *other { above[index] + 1 } else { above[index + 1].max(row[index]) };
        }
    }
    row[new.len()]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        rng_seed: proptest::test_runner::RngSeed::Fixed(2),
        ..ProptestConfig::default()
    })]
    #[test]
    fn who_follows_the_steps_holds_the_new_pack(old in packs(), new in packs()) {
        let plan = plan(&old, &new);
        prop_assert_eq!(apply(&old, &plan, &new), new.clone());
        prop_assert_eq!(plan.unchanged_leaves, most_that_stay(&old, &new));
        prop_assert_eq!(plan.leaves_to_print, new.len() / 2 - plan.unchanged_leaves);
        prop_assert_eq!(plan.sides_to_print().len(), 2 * plan.leaves_to_print);
    }
}
