//! What all runs with the same parameters have in common.

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
    pub median: f64,
    /// The least that 95 of 100 do not exceed.
    pub p95: f64,
    /// The greatest.
    pub most: f64,
}

impl Summary {
    /// The summary of rows in the order of the grid.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let mut places: BTreeMap<BTreeMap<String, String>, usize> = BTreeMap::new();
        let mut points: Vec<(Point, BTreeMap<String, Vec<f64>>)> = Vec::new();
        for row in rows {
            let mut parameters = row.parameters.clone();
            parameters.remove(SEED);
            let place = *places.entry(parameters.clone()).or_insert_with(|| {
                let point = Point {
                    parameters,
                    runs: BTreeMap::new(),
                    numbers: BTreeMap::new(),
                };
                points.push((point, BTreeMap::new()));
                points.len() - 1
            });
            let (point, numbers) = &mut points[place];
            *point.runs.entry(row.outcome.word()).or_default() += 1;
            for (name, number) in &row.numbers {
                numbers.entry(name.clone()).or_default().push(*number);
            }
        }
        let points = points.into_iter().map(|(mut point, numbers)| {
            let spreads = numbers.into_iter();
            point.numbers = spreads
                .filter_map(|(name, all)| Some((name, Spread::of(all)?)))
                .collect();
            point
        });
        Self {
            points: points.collect(),
        }
    }

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
    pub fn of(mut all: Vec<f64>) -> Option<Self> {
        all.sort_by(f64::total_cmp);
        Some(Self {
            count: all.len(),
            least: *all.first()?,
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
    fn a_spread_has_values_that_were_seen() {
        let spread = Spread::of((1..=40).rev().map(f64::from).collect()).unwrap();
        let Spread {
            count,
            least,
            median,
            p95,
            most,
        } = spread;
        assert_eq!(
            (count, least, median, p95, most),
            (40, 1.0, 20.0, 38.0, 40.0)
        );
        assert_eq!(Spread::of(Vec::new()), None);
    }
}
