//! Summarises the rows of a sweep: medians and percentiles of the runs with the same
//! parameters.

use std::collections::BTreeMap;

use oracle::nearest_rank;
use scenario::SEED;

use crate::row::{Outcome, Row};

/// The results of a sweep: one point for each combination of parameters, over all seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The points, in the order of the grid.
    pub points: Vec<Point>,
}

/// The runs with the same parameters, over all seeds.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    /// The value of each parameter but the seed.
    pub parameters: BTreeMap<String, String>,
    /// The number of runs for each [`Outcome::word`].
    pub runs: BTreeMap<&'static str, usize>,
    /// The spread of each number, by the name of the number.
    pub numbers: BTreeMap<String, Spread>,
}

/// The spread of a number over some runs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The number of runs that have the number.
    pub count: usize,
    /// The least value.
    pub least: f64,
    /// The least value that half of the runs do not exceed.
    pub median: Seen,
    /// The least value that 95 of 100 runs do not exceed.
    pub p95: Seen,
    /// The greatest value.
    pub most: Seen,
}

/// A value, and the run that has it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// The value.
    pub value: f64,
    /// The index of the run's row among all rows, from 0.
    pub row: usize,
}

/// Gathers rows into a summary. Only the parameters, outcomes and numbers stay in memory.
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

    /// The summary of all rows taken.
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
    /// The number of runs with an outcome.
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
    /// The spread of some values; `None` where there are none.
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
