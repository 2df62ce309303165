//! Tables of all definitions, by which a test compares every size, offset and constant
//! with the system's own header.

/// The memory layout of a structure.
#[derive(Debug)]
pub struct StructLayout {
    /// The C name, without `struct`; a name that ends in `_t` is a typedef.
    pub name: &'static str,
    /// Size in bytes, trailing padding included.
    pub size: usize,
    /// Its fields in order. Padding is named with a leading underscore.
    pub fields: &'static [FieldLayout],
}

/// One field of a structure.
#[derive(Debug)]
pub struct FieldLayout {
    /// The C name.
    pub name: &'static str,
    /// Bytes from the start of the structure.
    pub offset: usize,
}

/// Defines C structures and the table `STRUCTS` that describes them.
///
/// Padding is explicit, since the derives refuse a structure with hidden padding. So no
/// uninitialised byte can reach the kernel.
macro_rules! c_structs {
    ($( $(#[$meta:meta])* struct $name:ident { $($field:ident: $type:ty),* $(,)? } )*) => {
        $(
            $(#[$meta])*
            #[derive(Clone, Copy, Debug)]
            #[derive(zerocopy::FromBytes, zerocopy::IntoBytes, zerocopy::Immutable, zerocopy::KnownLayout)]
            pub struct $name { $(pub $field: $type),* }
        )*

        /// Every structure of this system that is defined here.
        pub const STRUCTS: &[$crate::sys::layout::StructLayout] = &[$(
            $crate::sys::layout::StructLayout {
                name: stringify!($name),
                size: size_of::<$name>(),
                fields: &[$(
                    $crate::sys::layout::FieldLayout {
                        name: stringify!($field),
                        offset: std::mem::offset_of!($name, $field),
                    }
                ),*],
            }
        ),*];
    };
}

/// Defines C constants and a table of their names and values.
macro_rules! c_constants {
    ($(#[$meta:meta])* $table:ident: $type:ty { $($name:ident = $value:expr,)* }) => {
        $(pub const $name: $type = $value;)*

        $(#[$meta])*
        pub const $table: &[(&str, i64)] = &[$((stringify!($name), $name as i64)),*];
    };
}

pub(crate) use {c_constants, c_structs};
