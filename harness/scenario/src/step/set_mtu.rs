//! The step `set-mtu`: a link takes shorter packets than before, or longer ones again.

use std::fmt;

use super::{Action, StepForm};
use crate::check::Scope;
use crate::diagnostic::Spanned;
use crate::model::{Link, LinkName};
use crate::network::least_mtu;
use crate::read::record;
use crate::value::{Name, Reference, Size};

/// Changes the MTU of a link, at both ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetMtu {
    /// The link.
    pub link: LinkName,
    /// Longest IP packet of the link from now on, in bytes.
    pub mtu: u32,
}

impl fmt::Display for SetMtu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "set-mtu {} {} bytes", self.link, self.mtu)
    }
}

record! {
    /// Changes the MTU of a link at both of its ends, as when a tunnel begins or ends there.
    /// A packet that is on its way and too long for the new MTU is lost.
    struct SetMtuForm = "{link: far, mtu: 1300}" {
        required {
            /// The link.
            link: Reference,
            /// Longest IP packet of the link from now on. At most the `mtu` that the link
            /// has under `links`.
            mtu: Size,
        }
        optional {
            /// A name for this step.
            r#as: Name,
        }
    }
}

impl StepForm for SetMtuForm {
    fn given_name(&self) -> Option<&Spanned<Name>> {
        self.r#as.spanned()
    }

    fn check(&self, scope: &mut Scope<'_, '_>) -> Option<Action> {
        let name = self.link.spanned().and_then(|link| scope.link(link))?;
        let link = scope.world.link(&name)?;
        let mtu = checked(self.mtu.spanned()?, link, scope)?;
        Some(Action::SetMtu(SetMtu { link: name, mtu }))
    }
}

fn checked(mtu: &Spanned<Size>, link: &Link, scope: &mut Scope<'_, '_>) -> Option<u32> {
    let most = link.mtu;
    let (least, family) = least_mtu(link.ends.iter().flat_map(|end| &end.addresses));
    match u32::try_from(mtu.value.0) {
        Ok(bytes) if (least..=most).contains(&bytes) => Some(bytes),
        Ok(bytes) if bytes > most => {
            let message = format!("`{}` has an MTU of {most} at most", link.name);
            let problem = scope.problems.add(mtu.span, message, "this MTU");
            problem.help(format!(
                "a step gives a link a smaller MTU, and its own back; for a greater one write \
                 `mtu: {bytes}` at the link under `links`"
            ));
            None
        }
        _ => {
            let message = format!("a link cannot have an MTU of {}", mtu.value.0);
            let problem = scope.problems.add(mtu.span, message, "this MTU");
            problem.help(format!("for {family} it is at least {least} bytes"));
            None
        }
    }
}
