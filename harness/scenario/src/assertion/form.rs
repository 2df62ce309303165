//! The form of an assertion, and the macro `assertion!` that declares one.

use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::value::Name;

use super::Check;

/// The form of an assertion.
pub(crate) trait AssertionForm: Named {
    /// Checks the assertion; the scope has the story of the whole scenario. `None` if it
    /// has a mistake, which is noted.
    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Check>;
}

/// A form that can have a name.
pub(crate) trait Named {
    /// The name in the form, if there is one.
    fn given_name(&self) -> Option<&Spanned<Name>>;
}

/// Declares the form of an assertion: a [`record!`](crate::read::record) with an optional
/// name, and with the groups of fields that it `shares` with other assertions.
///
/// | group | fields | method, which checks them |
/// |---|---|---|
/// | `place` | `from`, `on`, `arrived-at`, `source`, `destination`, `dscp`, `bundled-with`, `where` | `place`: which chunks; a field `chunk` must be there |
/// | `window` | `after`, `before` | `window`: which part of the run |
/// | `count` | `at-least`, `at-most`, `exactly` | `count`: how many |
macro_rules! assertion {
    (
        $(#[$meta:meta])*
        struct $name:ident = $example:literal {
            required { $($required:tt)* }
            $(optional { $($optional:tt)* })?
        }
        shares {$($group:ident),*}
    ) => {
        assertion! {
            @fields [$($group)*]
            { $(#[$meta])* struct $name = $example } { $($required)* } { $($($optional)*)? }
        }
        $(assertion!(@method $group $name);)*

        impl $crate::assertion::Named for $name {
            fn given_name(
                &self,
            ) -> Option<&$crate::diagnostic::Spanned<$crate::value::Name>> {
                self.r#as.spanned()
            }
        }
    };
    (@fields [place $($rest:ident)*] $head:tt $required:tt { $($optional:tt)* }) => {
        assertion! {
            @fields [$($rest)*] $head $required {
                /// The node that sent the chunks; any if left out.
                from: $crate::value::Reference,
                /// The link that the chunks left or arrived on; any if left out.
                on: $crate::value::Reference,
                /// Only chunks that arrived at this node, as they arrived, after all
                /// faults. If left out, chunks as they left a node.
                arrived_at: $crate::value::Reference,
                /// Only chunks sent from this address.
                source: $crate::value::Address,
                /// Only chunks sent to this address.
                destination: $crate::value::Address,
                /// Only chunks in packets with this differentiated services code point in
                /// the IP header; 0 is the default of senders.
                dscp: $crate::value::Dscp,
                /// Only chunks in one packet with a chunk of this type.
                bundled_with: $crate::value::ChunkType,
                /// Only chunks whose fields have these values: `{stream: 3, u: true}`.
                r#where: $crate::value::Where,
                $($optional)*
            }
        }
    };
    (@fields [window $($rest:ident)*] $head:tt $required:tt { $($optional:tt)* }) => {
        assertion! {
            @fields [$($rest)*] $head $required {
                $($optional)*
                /// Only events after this step; from the start of the run if left out.
                after: $crate::value::Reference,
                /// Only events before this step; to the end of the run if left out.
                before: $crate::value::Reference,
            }
        }
    };
    (@fields [count $($rest:ident)*] $head:tt $required:tt { $($optional:tt)* }) => {
        assertion! {
            @fields [$($rest)*] $head $required {
                $($optional)*
                /// This many or more.
                at_least: $crate::value::Number,
                /// This many or fewer.
                at_most: $crate::value::Number,
                /// Exactly this many.
                exactly: $crate::value::Number,
            }
        }
    };
    (@fields [] { $($head:tt)* } { $($required:tt)* } { $($optional:tt)* }) => {
        $crate::read::record! {
            $($head)* {
                required { $($required)* }
                optional {
                    $($optional)*
                    /// A name for this assertion.
                    r#as: $crate::value::Name,
                }
            }
        }
    };
    (@method place $name:ident) => {
        impl $name {
            fn place(
                &self,
                scope: &mut $crate::check::Scope<'_, '_>,
            ) -> Option<$crate::assertion::ChunkPlace> {
                let place = $crate::assertion::place::Place {
                    chunk: &self.chunk,
                    from: &self.from,
                    on: &self.on,
                    arrived_at: &self.arrived_at,
                    source: &self.source,
                    destination: &self.destination,
                    dscp: &self.dscp,
                    bundled_with: &self.bundled_with,
                    wanted: &self.r#where,
                };
                place.check(scope)
            }
        }
    };
    (@method window $name:ident) => {
        impl $name {
            fn window(
                &self,
                scope: &mut $crate::check::Scope<'_, '_>,
            ) -> Option<$crate::assertion::Window> {
                $crate::assertion::window::check_window(&self.after, &self.before, scope)
            }
        }
    };
    (@method count $name:ident) => {
        impl $name {
            fn count(
                &self,
                scope: &mut $crate::check::Scope<'_, '_>,
            ) -> Option<$crate::assertion::Count> {
                let bounds = $crate::assertion::count::Bounds {
                    at_least: &self.at_least,
                    at_most: &self.at_most,
                    exactly: &self.exactly,
                };
                bounds.check(scope.own_span, scope.problems)
            }
        }
    };
}
pub(crate) use assertion;
