//! Ranges of values: `1..50`, `0%..5% by 1%`.

/// Greatest number of values of a range.
const MOST: u64 = 100_000;

/// The values of a range, with both ends; `None` if the text is no range.
///
/// The two ends and the step are decimal numbers with the same unit. The values are exact,
/// and are written without zeroes at the end of their decimals.
pub(super) fn values(text: &str) -> Option<Result<Vec<String>, String>> {
    let (first, rest) = text.split_once("..")?;
    let (last, step) = match rest.split_once(" by ") {
        Some((last, step)) => (last, Some(step)),
        None => (rest, None),
    };
    let first = Quantity::parse(first)?;
    let last = Quantity::parse(last)?;
    let step = match step {
        Some(step) => Quantity::parse(step)?,
        None => Quantity {
            digits: 1,
            decimals: 0,
            unit: first.unit,
        },
    };
    Some(between(first, last, step))
}

/// A decimal number and its unit.
#[derive(Clone, Copy)]
struct Quantity<'t> {
    /// All digits, without the point.
    digits: u64,
    /// Number of digits behind the point.
    decimals: u32,
    unit: &'t str,
}

impl<'t> Quantity<'t> {
    fn parse(text: &'t str) -> Option<Self> {
        let text = text.trim();
        let end = text
            .find(|it: char| !it.is_ascii_digit() && it != '.')
            .unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let is_unit = unit.chars().all(|it| it.is_ascii_alphabetic() || it == '%');
        let (whole, behind) = number.split_once('.').unwrap_or((number, ""));
        let is_number = !whole.is_empty() && (behind.is_empty() || !behind.contains('.'));
        if !is_unit || !is_number || number.ends_with('.') {
            return None;
        }
        Some(Self {
            digits: format!("{whole}{behind}").parse().ok()?,
            decimals: u32::try_from(behind.len()).ok()?,
            unit,
        })
    }

    /// The digits of this number when written with `decimals` decimals. The number itself
    /// must not have more decimals.
    fn scaled(self, decimals: u32) -> Option<u64> {
        let more = 10_u64.checked_pow(decimals - self.decimals)?;
        self.digits.checked_mul(more)
    }
}

fn between(
    first: Quantity<'_>,
    last: Quantity<'_>,
    step: Quantity<'_>,
) -> Result<Vec<String>, String> {
    if first.unit != last.unit || first.unit != step.unit {
        return Err("the ends of the range and its step must have the same unit".to_owned());
    }
    let decimals = first.decimals.max(last.decimals).max(step.decimals);
    let scaled = [first, last, step].map(|it| it.scaled(decimals));
    let [Some(from), Some(to), Some(by)] = scaled else {
        return Err("the numbers of the range are too large".to_owned());
    };
    if by == 0 {
        return Err("a range with a step of zero has no end".to_owned());
    }
    if from > to {
        return Err("the range ends before it begins".to_owned());
    }
    if (to - from) / by >= MOST {
        return Err(format!("the range has more than {MOST} values"));
    }
    let count = (to - from) / by;
    let written = |index| written(from + index * by, decimals, first.unit);
    Ok((0..=count).map(written).collect())
}

fn written(digits: u64, decimals: u32, unit: &str) -> String {
    if decimals == 0 {
        return format!("{digits}{unit}");
    }
    let places = decimals as usize;
    let padded = format!("{digits:0>width$}", width = places + 1);
    let (whole, behind) = padded.split_at(padded.len() - places);
    let behind = behind.trim_end_matches('0');
    match behind {
        "" => format!("{whole}{unit}"),
        behind => format!("{whole}.{behind}{unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::values;

    fn of(text: &str) -> Vec<String> {
        values(text).expect("a range").expect("a good one")
    }

    #[test]
    fn both_ends_are_in_it() {
        assert_eq!(of("1..4"), ["1", "2", "3", "4"]);
        assert_eq!(of("0%..5% by 2%"), ["0%", "2%", "4%"]);
        assert_eq!(of("7..7"), ["7"]);
        assert_eq!(
            of("50ms..200ms by 50ms"),
            ["50ms", "100ms", "150ms", "200ms"]
        );
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(of("0%..0.3% by 0.1%"), ["0%", "0.1%", "0.2%", "0.3%"]);
        assert_eq!(
            of("0.05s..0.2s by 0.05s"),
            ["0.05s", "0.1s", "0.15s", "0.2s"]
        );
    }

    #[test]
    fn what_has_no_end_is_refused() {
        for bad in [
            "1..2 by 0",
            "5..1",
            "1s..5ms by 1s",
            "0..18446744073709551615",
        ] {
            assert!(values(bad).expect(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn other_texts_are_no_ranges() {
        for other in ["10.0.1.1", "50ms", "a..b", "..", "1..", "1...5", "1.5"] {
            assert!(values(other).is_none(), "{other}");
        }
    }
}
