//! The table of a chunk's fields. Each row has a name, a short description, and a
//! function that gets the values.

use std::net::IpAddr;

use bytes::Bytes;

use super::{Field, FieldKind, FieldSpec, FieldValue, Registry};
use crate::payload::Message;
use crate::{Cause, Parameter, Ppid, VerificationTag};

/// One row: a field of `T`.
pub(crate) struct Row<T: ?Sized + 'static> {
    name: &'static str,
    about: &'static str,
    get: Get<T>,
}

enum Get<T: ?Sized + 'static> {
    Flag(fn(&T) -> bool),
    Number(fn(&T) -> u64),
    Numbers(fn(&T) -> Vec<u64>),
    Tag(fn(&T) -> VerificationTag),
    Code(Registry, fn(&T) -> u32),
    Codes(Registry, fn(&T) -> Vec<u32>),
    Ppid(fn(&T) -> Option<Ppid>, bool),
    Procedure(fn(&T) -> Option<Message>),
    Part(fn(&T) -> Option<Message>),
    Address(fn(&T) -> IpAddr),
    Addresses(fn(&T) -> Vec<IpAddr>),
    Bytes(fn(&T) -> Bytes),
    ManyBytes(fn(&T) -> Vec<Bytes>),
    Ranges(fn(&T) -> Vec<(u16, u16)>),
}

/// Makes the constructors of [`Row`], one for each type of value.
macro_rules! constructors {
    ($($name:ident: $variant:ident($($registry:ident)?) -> $value:ty;)*) => {
        impl<T: ?Sized> Row<T> {
            $(pub(crate) const fn $name(
                name: &'static str,
                about: &'static str,
                $($registry: Registry,)?
                get: fn(&T) -> $value,
            ) -> Self {
                Self { name, about, get: Get::$variant($($registry,)? get) }
            })*
        }
    };
}

constructors! {
    flag: Flag() -> bool;
    number: Number() -> u64;
    numbers: Numbers() -> Vec<u64>;
    tag: Tag() -> VerificationTag;
    code: Code(registry) -> u32;
    codes: Codes(registry) -> Vec<u32>;
    procedure: Procedure() -> Option<Message>;
    part: Part() -> Option<Message>;
    address: Address() -> IpAddr;
    addresses: Addresses() -> Vec<IpAddr>;
    bytes: Bytes() -> Bytes;
    many_bytes: ManyBytes() -> Vec<Bytes>;
    ranges: Ranges() -> Vec<(u16, u16)>;
}

impl<T: ?Sized> Row<T> {
    /// The payload protocol identifier. `always` says whether every chunk of the type has
    /// one.
    pub(crate) const fn ppid(
        name: &'static str,
        about: &'static str,
        always: bool,
        get: fn(&T) -> Option<Ppid>,
    ) -> Self {
        Self {
            name,
            about,
            get: Get::Ppid(get, always),
        }
    }

    fn spec(&self) -> FieldSpec {
        let (kind, many) = match self.get {
            Get::Flag(_) => (FieldKind::Flag, false),
            Get::Number(_) => (FieldKind::Number, false),
            Get::Numbers(_) => (FieldKind::Number, true),
            Get::Tag(_) => (FieldKind::Number, false),
            Get::Code(registry, _) => (FieldKind::Code(registry), false),
            Get::Codes(registry, _) => (FieldKind::Code(registry), true),
            Get::Ppid(_, always) => (FieldKind::Ppid, !always),
            Get::Procedure(_) => (FieldKind::Procedure, true),
            Get::Part(_) => (FieldKind::Part, true),
            Get::Address(_) => (FieldKind::Address, false),
            Get::Addresses(_) => (FieldKind::Address, true),
            Get::Bytes(_) => (FieldKind::Bytes, false),
            Get::ManyBytes(_) => (FieldKind::Bytes, true),
            Get::Ranges(_) => (FieldKind::Range, true),
        };
        let Self { name, about, .. } = *self;
        FieldSpec {
            name,
            about,
            kind,
            many,
        }
    }

    fn field(&self, of: &T) -> Field {
        fn each<V>(values: Vec<V>, value: impl Fn(V) -> FieldValue) -> Vec<FieldValue> {
            values.into_iter().map(value).collect()
        }
        let values = match &self.get {
            Get::Flag(get) => vec![FieldValue::Flag(get(of))],
            Get::Number(get) => vec![FieldValue::Number(get(of))],
            Get::Numbers(get) => each(get(of), FieldValue::Number),
            Get::Tag(get) => vec![FieldValue::Tag(get(of))],
            Get::Code(registry, get) => vec![FieldValue::Code(*registry, get(of))],
            Get::Codes(registry, get) => each(get(of), |code| FieldValue::Code(*registry, code)),
            Get::Ppid(get, _) => {
                let number = get(of).map(|it| FieldValue::Number(it.0.into()));
                number.into_iter().collect()
            }
            Get::Procedure(get) => {
                let name = get(of).map(|it| FieldValue::Procedure(it.procedure));
                name.into_iter().collect()
            }
            Get::Part(get) => {
                let part = get(of).map(|it| FieldValue::Part(it.part));
                part.into_iter().collect()
            }
            Get::Address(get) => vec![FieldValue::Address(get(of))],
            Get::Addresses(get) => each(get(of), FieldValue::Address),
            Get::Bytes(get) => vec![FieldValue::Bytes(get(of))],
            Get::ManyBytes(get) => each(get(of), FieldValue::Bytes),
            Get::Ranges(get) => each(get(of), |(first, last)| FieldValue::Range(first, last)),
        };
        Field {
            name: self.name,
            values,
        }
    }
}

/// A chunk with tables of its fields.
pub(crate) trait Fields: Sized + 'static {
    /// The fields of the chunk itself.
    const FIELDS: &'static [Row<Self>];
    /// The fields of its parameters.
    const OF_PARAMETERS: &'static [Row<[Parameter]>] = &[];
    /// The fields of its error causes.
    const OF_CAUSES: &'static [Row<[Cause]>] = &[];

    /// The parameters, if the chunk has any.
    fn parameters(&self) -> &[Parameter] {
        &[]
    }

    /// The error causes, if the chunk has any.
    fn causes(&self) -> &[Cause] {
        &[]
    }
}

/// The fields that chunks of this type have.
pub(crate) fn specs_of<C: Fields>() -> Vec<FieldSpec> {
    let own = C::FIELDS.iter().map(Row::spec);
    let of_parameters = C::OF_PARAMETERS.iter().map(Row::spec);
    let of_causes = C::OF_CAUSES.iter().map(Row::spec);
    own.chain(of_parameters).chain(of_causes).collect()
}

/// All fields of a chunk.
pub(crate) fn all_of<C: Fields>(chunk: &C) -> Vec<Field> {
    let own = C::FIELDS.iter().map(|row| row.field(chunk));
    let of_parameters = C::OF_PARAMETERS
        .iter()
        .map(|row| row.field(chunk.parameters()));
    let of_causes = C::OF_CAUSES.iter().map(|row| row.field(chunk.causes()));
    own.chain(of_parameters).chain(of_causes).collect()
}

/// The field with this name.
pub(crate) fn one_of<C: Fields>(chunk: &C, name: &str) -> Option<Field> {
    fn find<T: ?Sized>(rows: &[Row<T>], of: &T, name: &str) -> Option<Field> {
        let row = rows.iter().find(|row| row.name == name)?;
        Some(row.field(of))
    }
    find(C::FIELDS, chunk, name)
        .or_else(|| find(C::OF_PARAMETERS, chunk.parameters(), name))
        .or_else(|| find(C::OF_CAUSES, chunk.causes(), name))
}
