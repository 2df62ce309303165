//! Summarises the runs with the same parameters.

use std::collections::BTreeMap;

use oracle::nearest_rank;
use scenario::SEED;

use crate::row::{Outcome, Row};

/// One point for each combination of parameters, whatever the seed.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// In the order of the grid.
    pub points: Vec<Point>,
}

/// All runs with the same parameters.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The value of each parameter but the seed.
    pub parameters: BTreeMap<String, String>,
    /// How many runs there are of each outcome: passed, failed, skipped, not run.
    pub runs: BTreeMap<&'static str, usize>,
    /// How each number spreads.
    pub numbers: BTreeMap<String, Spread>,
}

/// How a number spreads over some runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// In how many runs there is one.
    pub count: usize,
    /// The least.
    pub least: f64,
    /// The least that half of them do not exceed.
    pub median: Seen,
    /// The least that 95 of 100 do not exceed.
    pub p95: Seen,
    /// The greatest.
    pub most: Seen,
}

/// A number and the run that it was seen in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The number.
    pub value: f64,
    /// The place of its row among all, from 0.
    pub row: usize,
}

/// Rows, as they are gathered into a summary. Of each only its numbers are held.
#[derive(Debug, Default)]
pub struct Gathering {
    rows: usize,
    places: BTreeMap<BTreeMap<String, String>, usize>,
    points: Vec<(Point, BTreeMap<String, Vec<Seen>>)>,
}

impl Gathering {
    /// Takes the next row in the order of the grid.
    pub fn add(&mut self, row: &Row) {
        let mut parameters = row.parameters.clone();
        parameters.remove(SEED);
        let points = &mut self.points;
        let place = *self
            .places
            .entry(parameters)
            .or_insert_with_key(|parameters| {
                let point = Point {
                    parameters: parameters.clone(),
                    runs: BTreeMap::new(),
                    numbers: BTreeMap::new(),
                };
                points.push((point, BTreeMap::new()));
                points.len() - 1
            });
        let (point, numbers) = &mut points[place];
        *point.runs.entry(row.outcome.word()).or_default() += 1;
        for (name, value) in &row.numbers {
            let seen = Seen {
                value: *value,
                row: self.rows,
            };
            match numbers.get_mut(name) {
                Some(all) => all.push(seen),
                None => drop(numbers.insert(name.clone(), vec![seen])),
            }
        }
        self.rows += 1;
    }

    /// What they have in common.
    #[must_use]
    pub fn summary(self) -> Summary {
        let points = self.points.into_iter().map(|(mut point, numbers)| {
            let spreads = numbers.into_iter();
            point.numbers = spreads
                .filter_map(|(name, all)| Some((name, Spread::of(all)?)))
                .collect();
            point
        });
        Summary {
            points: points.collect(),
        }
    }
}

impl Summary {
    /// How many runs came out so.
    #[must_use]
    pub fn count(&self, outcome: Outcome) -> usize {
        let counts = self.points.iter();
        counts.filter_map(|it| it.runs.get(outcome.word())).sum()
    }

    /// The parameters that have more than one value, in the order of their names.
    #[must_use]
    pub fn varied(&self) -> Vec<&str> {
        let mut values: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for point in &self.points {
            for (name, value) in &point.parameters {
                values.entry(name).or_default().push(value);
            }
        }
        let varies = |values: &[&str]| values.windows(2).any(|pair| pair[0] != pair[1]);
        values.retain(|_, values| varies(values));
        values.into_keys().collect()
    }
}

impl Spread {
    /// The spread of some numbers; `None` of none.
    #[must_use]
    pub fn of(mut all: Vec<Seen>) -> Option<Self> {
        all.sort_by(|one, other| {
            one.value
                .total_cmp(&other.value)
                .then(one.row.cmp(&other.row))
        });
        Some(Self {
            count: all.len(),
            least: all.first()?.value,
            median: nearest_rank(&all, 50)?,
            p95: nearest_rank(&all, 95)?,
            most: *all.last()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_has_values_that_were_seen_and_tells_where() {
        let all = (1..=40).rev().enumerate();
        let all = all.map(|(row, value)| Seen {
            value: f64::from(value),
            row,
        });
        let spread = Spread::of(all.collect()).unwrap();
        assert_eq!((spread.count, spread.least), (40, 1.0));
        let seen = |it: Seen| (it.value, it.row);
        assert_eq!(seen(spread.median), (20.0, 20));
        assert_eq!(seen(spread.p95), (38.0, 2));
        assert_eq!(seen(spread.most), (40.0, 0));
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
