//! The enums over all parameters and all causes, each made from one table.

/// Makes an enum of all values and the newtype of their type numbers from one table.
macro_rules! tlv_table {
    (
        $(#[$enum_doc:meta])* $enum:ident, $(#[$type_doc:meta])* $type:ident, $unknown:literal;
        $($(#[$doc:meta])* $variant:ident($value:ty) = $constant:ident $number:literal, $name:literal;)*
    ) => {
        $(#[$enum_doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $enum {
            $($(#[$doc])* $variant($value),)*
            /// A value of an unknown type.
            Unknown {
                /// Type number of the value.
                number: u16,
                /// The value without type, length and padding.
                value: bytes::Bytes,
            },
        }

        $(#[$type_doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(pub u16);

        impl $type {
            $(#[doc = concat!("The number of ", $name, ".")] pub const $constant: Self = Self($number);)*

            /// All known types: numbers and names.
            pub(crate) const NAMES: &'static [(u16, &'static str)] = &[$(($number, $name)),*];
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self.0 {
                    $($number => f.write_str($name),)*
                    number => write!(f, concat!($unknown, " {:#06x}"), number),
                }
            }
        }

        impl $enum {
            /// Type of the value.
            #[must_use]
            pub fn kind(&self) -> $type {
                match self {
                    $(Self::$variant(_) => $type::$constant,)*
                    Self::Unknown { number, .. } => $type(*number),
                }
            }
        }

        impl crate::tlv::Tlv for $enum {
            fn name(number: u16) -> &'static str {
                match number {
                    $($number => $name,)*
                    _ => $unknown,
                }
            }

            fn decode_value(
                number: u16,
                cursor: &mut crate::cursor::Cursor<'_>,
            ) -> Result<Self, crate::DecodeError> {
                Ok(match number {
                    $($number => Self::$variant(crate::tlv::Value::decode(cursor)?),)*
                    _ => Self::Unknown { number, value: cursor.rest() },
                })
            }

            fn number(&self) -> u16 {
                self.kind().0
            }

            fn encode_value(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant(value) => crate::tlv::Value::encode(value, out),)*
                    Self::Unknown { value, .. } => out.extend_from_slice(value),
                }
            }
        }

        impl std::fmt::Display for $enum {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.kind().fmt(f)?;
                match self {
                    $(Self::$variant(value) => crate::tlv::Value::show(value, f),)*
                    Self::Unknown { value, .. } => crate::tlv::Value::show(value, f),
                }
            }
        }
    };
}

pub(crate) use tlv_table;
