//! Exact decimal numbers with a unit.

use crate::read::Wrong;

/// An exact decimal number with at most nine decimals, in billionths.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Decimal(u128);

const BILLION: u128 = 1_000_000_000;

impl Decimal {
    fn parse(digits: &str) -> Option<Self> {
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
        let all_digits = |text: &str, most: usize| {
            (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !all_digits(whole, 20) || !all_digits(decimals, 9) {
            return None;
        }
        let billionths = format!("{decimals:0<9}");
        Some(Self(
            whole.parse::<u128>().ok()? * BILLION + billionths.parse::<u128>().ok()?,
        ))
    }

    /// The product with `factor`; `None` if it is not whole, or does not fit.
    pub(crate) fn times(self, factor: u64) -> Option<u64> {
        let product = self.0.checked_mul(factor.into())?;
        (product % BILLION == 0)
            .then_some(product / BILLION)
            .and_then(|whole| u64::try_from(whole).ok())
    }

    /// The nearest binary fraction.
    pub(crate) fn to_f64(self) -> f64 {
        self.0 as f64 / BILLION as f64
    }
}

/// Splits a text such as `1.5 ms` into its number and its unit. `what` and `example` are
/// for the message about a text that does not begin with a number.
pub(crate) fn split<'t>(
    text: &'t str,
    what: &str,
    example: &str,
) -> Result<(Decimal, &'t str), Wrong> {
    let unit_at = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (digits, unit) = text.split_at(unit_at);
    let number = Decimal::parse(digits).ok_or_else(|| {
        Wrong::new(
            format!("`{}` is not {what}", crate::yaml::shortened(text)),
            format!("write a number and a unit, such as `{example}`"),
        )
    })?;
    Ok((number, unit.trim()))
}
