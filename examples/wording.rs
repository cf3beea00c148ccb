//! What became of every sentence in a review of them all, as a table, with its counts: `cargo run --example wording`.
#![allow(clippy::print_stdout, reason = "a table to be read")]

use std::collections::BTreeMap;

fn main() {
    let mut counts = BTreeMap::new();
    for row in include_str!("../docs/words/rewrites.tsv").lines().skip(1) {
        if let [place, before, now, verdict, why] = row.split('\t').collect::<Vec<_>>()[..] {
            println!("{verdict}: {place}\n  {before}\n  {now}\n  ({why})");
            *counts.entry(verdict).or_insert(0) += 1;
        }
    }
    for (verdict, count) in counts {
        println!("{verdict}: {count}");
    }
}
