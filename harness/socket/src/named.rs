//! Enums over the system's constants, named as in RFC 6458. A number without a name is
//! kept.

/// Defines an enum over constants. A variant marked `on linux` or `on freebsd` has no
/// constant on the other system.
macro_rules! named {
    (
        $(#[$meta:meta])*
        pub enum $name:ident: $raw:ty {
            $( $(#[$doc:meta])* $variant:ident = $constant:ident $(on $os:ident)?, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $( $(#[$doc])* $variant, )*
            /// A number that this crate has no name for.
            Unknown($raw),
        }

        impl $name {
            #[allow(dead_code, reason = "some of these are only ever written")]
            pub(crate) fn from_raw(raw: $raw) -> Self {
                $(
                    $crate::named::on_system!($($os)?;
                        if i64::from(raw) == i64::from($crate::sys::$constant) {
                            return Self::$variant;
                        }
                    );
                )*
                Self::Unknown(raw)
            }

            /// The number on this system; `None` where it has none.
            #[allow(dead_code, reason = "most of these are only ever read")]
            pub(crate) fn to_raw(self) -> Option<$raw> {
                $(
                    $crate::named::on_system!($($os)?;
                        if self == Self::$variant {
                            return <$raw>::try_from($crate::sys::$constant).ok();
                        }
                    );
                )*
                match self {
                    Self::Unknown(raw) => Some(raw),
                    _ => None,
                }
            }

            /// The constant's name in RFC 6458; `None` for an unknown number.
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $( Self::$variant => Some(stringify!($constant)), )*
                    Self::Unknown(_) => None,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    Self::Unknown(number) => write!(f, "{number}"),
                    known => f.write_str(known.name().unwrap_or_default()),
                }
            }
        }

        impl From<$name> for $crate::value::Value {
            fn from(value: $name) -> Self {
                match value {
                    $name::Unknown(number) => Self::Number(u64::from(number)),
                    known => Self::Name(known.name().unwrap_or_default()),
                }
            }
        }
    };
}

/// Keeps the code on the named system only, or on every system.
macro_rules! on_system {
    (; $($code:tt)*) => { $($code)* };
    (linux; $($code:tt)*) => {
        #[cfg(target_os = "linux")]
        $($code)*
    };
    (freebsd; $($code:tt)*) => {
        #[cfg(target_os = "freebsd")]
        $($code)*
    };
}

pub(crate) use {named, on_system};
