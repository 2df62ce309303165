//! Numbers in hexadecimal, such as `0x2e`.

/// The number of these digits, which stand behind `0x`. A sign is no digit, though
/// `from_str_radix` would accept one.
pub(super) fn number(digits: &str) -> Option<u32> {
    match digits.starts_with('+') {
        true => None,
        false => u32::from_str_radix(digits, 16).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn digits_alone_make_a_number() {
        assert_eq!(number("2e"), Some(0x2e));
        assert_eq!(number("FFFFFFFF"), Some(u32::MAX));
        for other in ["", "+1", "-1", "0x1", "1 ", "100000000"] {
            assert_eq!(number(other), None, "{other}");
        }
    }
}
