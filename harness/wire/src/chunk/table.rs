//! The enums over all chunks, made from one table.

/// Makes [`Chunk`](super::Chunk) and [`ChunkType`](super::ChunkType) from rows
/// of variant, type number, the RFC's name and the name in kebab-case.
macro_rules! chunks {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $name:literal, $kebab:literal;)*) => {
        /// A chunk. `Display` gives one line: the chunk type in the RFC's words, and the
        /// fields.
        ///
        /// ```text
        ///  0                   1                   2                   3
        ///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
        /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
        /// |   Chunk Type  |  Chunk Flags  |         Chunk Length          |
        /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
        /// \                          Chunk Value                          \
        /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
        /// ```
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Chunk {
            $($(#[$doc])* $variant($variant),)*
            /// A chunk of a type that this crate does not know.
            Unknown(Unknown),
        }

        /// The type of a chunk.
        ///
        /// `Display` gives the RFC's words (`COOKIE ECHO`); `FromStr` takes
        /// them and kebab-case (`cookie-echo`), in any case. Unknown types are
        /// `type 99` and `type-99`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChunkType {
            $($(#[$doc])* $variant,)*
            /// Any other type, with its number. [`ChunkType::from`] makes this variant of
            /// unknown numbers only.
            Unknown(u8),
        }

        impl ChunkType {
            /// All known types, by number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The type number on the wire.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self {
                    $(Self::$variant => $number,)*
                    Self::Unknown(number) => number,
                }
            }

            /// The name in the RFC's words, unless unknown.
            #[must_use]
            pub const fn name(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($name),)*
                    Self::Unknown(_) => None,
                }
            }

            /// The name in kebab-case, unless unknown.
            #[must_use]
            pub const fn kebab_name(self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($kebab),)*
                    Self::Unknown(_) => None,
                }
            }

            /// The fields of a chunk of this type.
            #[must_use]
            pub fn fields(self) -> Vec<FieldSpec> {
                match self {
                    $(Self::$variant => field::specs_of::<$variant>(),)*
                    Self::Unknown(_) => field::specs_of::<Unknown>(),
                }
            }

            /// The field with this name.
            #[must_use]
            pub fn field(self, name: &str) -> Option<FieldSpec> {
                self.fields().into_iter().find(|field| field.name == name)
            }

            /// The name of this chunk type in errors.
            const fn what(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($name, " chunk"),)*
                    Self::Unknown(_) => "unknown chunk",
                }
            }
        }

        impl From<u8> for ChunkType {
            fn from(number: u8) -> Self {
                match number {
                    $($number => Self::$variant,)*
                    number => Self::Unknown(number),
                }
            }
        }

        impl Chunk {
            /// The type of the chunk.
            #[must_use]
            pub fn kind(&self) -> ChunkType {
                match self {
                    $(Self::$variant(_) => ChunkType::$variant,)*
                    Self::Unknown(chunk) => ChunkType::from(chunk.number),
                }
            }

            /// The fields of the chunk, its parameters and its error causes.
            #[must_use]
            pub fn fields(&self) -> Vec<Field> {
                match self {
                    $(Self::$variant(chunk) => field::all_of(chunk),)*
                    Self::Unknown(chunk) => field::all_of(chunk),
                }
            }

            /// The field with this name, if chunks of this type have it.
            #[must_use]
            pub fn field(&self, name: &str) -> Option<Field> {
                match self {
                    $(Self::$variant(chunk) => field::one_of(chunk, name),)*
                    Self::Unknown(chunk) => field::one_of(chunk, name),
                }
            }

            /// Reads a chunk without the padding after it.
            pub(crate) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
                let kind = ChunkType::from(cursor.u8()?);
                let flags = cursor.u8()?;
                let mut value = tlv::decode_length(cursor, kind.what())?;
                let chunk = match kind {
                    $(ChunkType::$variant => Self::$variant(Value::decode(flags, &mut value)?),)*
                    ChunkType::Unknown(number) => Self::Unknown(Unknown {
                        number,
                        flags,
                        value: value.rest(),
                    }),
                };
                value.finish()?;
                Ok(chunk)
            }

            /// Appends the chunk without padding.
            pub(crate) fn encode(&self, out: &mut Vec<u8>) {
                let start = out.len();
                let flags = match self {
                    $(Self::$variant(chunk) => chunk.flags(),)*
                    Self::Unknown(chunk) => chunk.flags,
                };
                out.extend([self.kind().number(), flags, 0, 0]);
                match self {
                    $(Self::$variant(chunk) => chunk.encode(out),)*
                    Self::Unknown(chunk) => out.extend_from_slice(&chunk.value),
                }
                tlv::write_length(out, start);
            }
        }

        impl std::fmt::Display for Chunk {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant(chunk) => chunk.fmt(f),)*
                    Self::Unknown(chunk) => chunk.fmt(f),
                }
            }
        }

        $(
            impl From<$variant> for Chunk {
                fn from(chunk: $variant) -> Self {
                    Self::$variant(chunk)
                }
            }
        )*
    };
}

pub(super) use chunks;
