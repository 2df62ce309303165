//! Serial numbers, which wrap around and are compared by RFC 1982.

use std::fmt;
use std::ops::Add;

macro_rules! serial_number {
    ($(#[$doc:meta])* $name:ident($unsigned:ty, $signed:ty)) => {
        $(#[$doc])*
        ///
        /// Serial numbers have no total order, so this is not `Ord`: use
        /// [`precedes`](Self::precedes) and [`offset_from`](Self::offset_from).
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
        pub struct $name(pub $unsigned);

        impl $name {
            /// Whether this number precedes the other (RFC 1982, section 3.2). Of two
            /// numbers half the number space apart, neither precedes the other.
            #[must_use]
            pub fn precedes(self, other: Self) -> bool {
                other.offset_from(self) > 0
            }

            /// The distance of this number from the other by the shorter way around,
            /// negative if this number is behind.
            #[must_use]
            pub fn offset_from(self, other: Self) -> $signed {
                self.0.wrapping_sub(other.0) as $signed
            }

            /// The next number.
            #[must_use]
            pub fn next(self) -> Self {
                self + 1
            }
        }

        impl Add<$unsigned> for $name {
            type Output = Self;

            /// Wraps around (RFC 1982, section 3.1).
            fn add(self, count: $unsigned) -> Self {
                Self(self.0.wrapping_add(count))
            }
        }

        impl From<$unsigned> for $name {
            fn from(number: $unsigned) -> Self {
                Self(number)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

serial_number! {
    /// Transmission sequence number of a DATA or I-DATA chunk in one direction of an
    /// association (RFC 9260, section 1.6).
    Tsn(u32, i32)
}

serial_number! {
    /// Stream sequence number of an ordered message in its stream (RFC 9260, section
    /// 1.6).
    Ssn(u16, i16)
}

serial_number! {
    /// Message identifier, which replaces the stream sequence number in I-DATA chunks.
    /// Ordered and unordered messages are counted separately (RFC 8260, section 2.1).
    Mid(u32, i32)
}

serial_number! {
    /// Fragment sequence number of a fragment in its message, in I-DATA chunks, from 0
    /// (RFC 8260, section 2.1).
    Fsn(u32, i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_wrap_around() {
        assert_eq!(Tsn(u32::MAX).next(), Tsn(0));
        assert_eq!(Ssn(65_535) + 3, Ssn(2));
        assert!(Tsn(u32::MAX).precedes(Tsn(0)));
        assert!(!Tsn(0).precedes(Tsn(u32::MAX)));
        assert_eq!(Tsn(2).offset_from(Tsn(u32::MAX)), 3);
        assert_eq!(Mid(7).offset_from(Mid(9)), -2);
    }

    #[test]
    fn of_two_numbers_half_the_space_apart_neither_precedes() {
        assert!(!Ssn(0).precedes(Ssn(0x8000)));
        assert!(!Ssn(0x8000).precedes(Ssn(0)));
        assert!(!Ssn(5).precedes(Ssn(5)));
    }
}
