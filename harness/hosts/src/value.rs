//! Values that a target has, each with its own words for what is wrong.

mod filter;
mod host;
mod interface;
mod key;
mod port;
mod user;

pub(crate) use filter::Filter;
pub(crate) use host::HostName;
pub(crate) use interface::InterfaceName;
pub(crate) use key::KeyFile;
pub(crate) use port::Port;
pub(crate) use user::User;

/// The schema of a word.
macro_rules! word_schema {
    ($type:ident, $name:literal, $schema:tt) => {
        impl schemars::JsonSchema for $type {
            fn inline_schema() -> bool {
                true
            }

            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($schema)
            }
        }
    };
}
use word_schema;
