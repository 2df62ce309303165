//! Shards: parts of a sweep for several machines.

use std::fmt;
use std::str::FromStr;

/// A part of a sweep. Shard 3 of 64 has the cells with the indexes 2, 66, 130 and so on. So
/// every shard has cells of all kinds, and takes about as long as the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shard {
    number: u64,
    of: u64,
}

/// The text names no shard.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no shard: write number/count, such as 3/64")]
pub struct BadShard(String);

impl Shard {
    /// The whole sweep.
    pub const WHOLE: Self = Self { number: 1, of: 1 };

    /// The indexes of the shard's cells, in a sweep of `cells` cells.
    pub fn places(self, cells: u64) -> impl Iterator<Item = u64> {
        let step = usize::try_from(self.of).unwrap_or(usize::MAX);
        (self.number - 1..cells).step_by(step)
    }
}

impl FromStr for Shard {
    type Err = BadShard;

    fn from_str(text: &str) -> Result<Self, BadShard> {
        let numbers = || {
            let (number, of) = text.split_once('/')?;
            let (number, of) = (number.parse().ok()?, of.parse().ok()?);
            (1..=of).contains(&number).then_some(Self { number, of })
        };
        numbers().ok_or_else(|| BadShard(text.to_owned()))
    }
}

impl fmt::Display for Shard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_shards_together_are_the_whole() {
        let mut places: Vec<u64> = ["1/3", "2/3", "3/3"]
            .iter()
            .flat_map(|text| text.parse::<Shard>().unwrap().places(10))
            .collect();
        places.sort_unstable();
        assert_eq!(places, (0..10).collect::<Vec<_>>());
    }

    #[test]
    fn others_are_refused() {
        for bad in ["0/3", "4/3", "3", "a/b", "1/0", "/"] {
            assert!(bad.parse::<Shard>().is_err(), "{bad}");
        }
    }
}
