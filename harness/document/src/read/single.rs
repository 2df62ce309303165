//! The macro `single!` for steps and actions with one value: `wait: 10s`.

/// Declares the form of a step, or of a rule's action, that has one value: `wait: 10s`.
#[macro_export]
macro_rules! single {
    (
        $(#[$meta:meta])*
        struct $name:ident($type:ty) = $example:literal;
    ) => {
        $(#[$meta])*
        #[derive(schemars::JsonSchema)]
        #[schemars(inline, extend("x-example" = $example))]
        pub(crate) struct $name($crate::diagnostic::Spanned<$type>);

        impl $crate::read::Read for $name {
            fn read(
                node: &$crate::yaml::Node,
                problems: &mut $crate::diagnostic::Problems<'_>,
            ) -> Option<Self> {
                let value = <$type as $crate::read::Read>::read(node, problems)?;
                let span = node.span;
                Some(Self($crate::diagnostic::Spanned { value, span }))
            }
        }
    };
}
pub use crate::single;
