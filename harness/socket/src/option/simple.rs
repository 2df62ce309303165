//! Macros for options of the most frequent forms.

/// Defines an option of the whole socket that is on or off: an `int` of 0 or 1.
macro_rules! switch {
    ($(#[$doc:meta])* $option:ident, $constant:ident $(, $only:ident only)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $option(pub bool);

        $crate::option::access::named_option!($option, $constant $(, $only only)?);

        impl $crate::option::ReadOption for $option {
            type Of = ();

            fn read(socket: &$crate::Socket, (): ()) -> std::io::Result<Self> {
                let name = <Self as $crate::option::SocketOption>::NAME;
                $crate::option::access::get(socket, name, 0i32).map(|raw| Self(raw != 0))
            }
        }

        impl $crate::option::WriteOption for $option {
            fn write(&self, socket: &$crate::Socket) -> std::io::Result<()> {
                let name = <Self as $crate::option::SocketOption>::NAME;
                $crate::option::access::set(socket, name, &i32::from(self.0))
            }
        }
    };
}

/// Defines an option that is one number for an association: `struct
/// sctp_assoc_value`.
macro_rules! assoc_value {
    ($(#[$doc:meta])* $option:ident { $(#[$field_doc:meta])* $field:ident }, $constant:ident
        $(, $only:ident only)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $option {
            /// The association.
            pub assoc_id: $crate::AssocId,
            $(#[$field_doc])*
            pub $field: u32,
        }

        $crate::option::access::named_option!($option, $constant $(, $only only)?);

        impl $crate::option::ReadOption for $option {
            type Of = $crate::AssocId;

            fn read(socket: &$crate::Socket, of: $crate::AssocId) -> std::io::Result<Self> {
                let question = $crate::sys::sctp_assoc_value {
                    assoc_id: of.to_raw(),
                    assoc_value: 0,
                };
                let name = <Self as $crate::option::SocketOption>::NAME;
                let raw = $crate::option::access::get(socket, name, question)?;
                Ok(Self { assoc_id: of, $field: raw.assoc_value })
            }
        }

        impl $crate::option::WriteOption for $option {
            fn write(&self, socket: &$crate::Socket) -> std::io::Result<()> {
                let raw = $crate::sys::sctp_assoc_value {
                    assoc_id: self.assoc_id.to_raw(),
                    assoc_value: self.$field,
                };
                let name = <Self as $crate::option::SocketOption>::NAME;
                $crate::option::access::set(socket, name, &raw)
            }
        }
    };
}

/// Defines an option that says whether an association supports an extension: `struct
/// sctp_assoc_value` of 0 or 1.
macro_rules! extension {
    ($(#[$doc:meta])* $option:ident, $constant:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $option {
            /// The association. Only [`FUTURE`](crate::AssocId::FUTURE) can be written,
            /// since the extension is negotiated when the association is set up.
            pub assoc_id: $crate::AssocId,
            /// Whether the extension is supported.
            pub supported: bool,
        }

        $crate::option::access::named_option!($option, $constant);

        impl $crate::option::ReadOption for $option {
            type Of = $crate::AssocId;

            fn read(socket: &$crate::Socket, of: $crate::AssocId) -> std::io::Result<Self> {
                let question = $crate::sys::sctp_assoc_value {
                    assoc_id: of.to_raw(),
                    assoc_value: 0,
                };
                let name = <Self as $crate::option::SocketOption>::NAME;
                let raw = $crate::option::access::get(socket, name, question)?;
                Ok(Self { assoc_id: of, supported: raw.assoc_value != 0 })
            }
        }

        impl $crate::option::WriteOption for $option {
            fn write(&self, socket: &$crate::Socket) -> std::io::Result<()> {
                let raw = $crate::sys::sctp_assoc_value {
                    assoc_id: self.assoc_id.to_raw(),
                    assoc_value: self.supported.into(),
                };
                let name = <Self as $crate::option::SocketOption>::NAME;
                $crate::option::access::set(socket, name, &raw)
            }
        }
    };
}

pub(super) use {assoc_value, extension, switch};
