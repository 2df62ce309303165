use crate::read::Wrong;

/// A decimal number with at most nine decimals, exact: in billionths.
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

    /// The number times `factor`, where that is whole and fits.
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

/// Splits `1.5 ms` into the number and its unit. `what` and `example` are
/// for the message where there is no number in front.
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
