//! Tests of the reasons why this process may not make networks.

use super::trial::{Refusal, Step};
use super::{Lack, lack};

fn refused(step: Step, errno: i32, settings: &[(&str, &str)]) -> Lack {
    lack(Refusal { step, errno }, &|name| {
        settings
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| (*value).to_owned())
    })
}

#[test]
fn a_refusal_is_put_down_to_the_setting_that_explains_it() {
    let debian = [("kernel/unprivileged_userns_clone", "0")];
    let ubuntu = [
        ("kernel/unprivileged_userns_clone", "1"),
        ("kernel/apparmor_restrict_unprivileged_userns", "1"),
    ];
    assert!(matches!(
        refused(Step::User, libc::EPERM, &debian),
        Lack::SwitchedOff
    ));
    assert!(matches!(
        refused(Step::Network, libc::EPERM, &ubuntu),
        Lack::AppArmor
    ));
    assert!(matches!(
        refused(Step::User, libc::ENOSPC, &[]),
        Lack::Limit
    ));
    assert!(matches!(
        refused(Step::User, libc::EPERM, &[]),
        Lack::Forbidden(_)
    ));
    assert!(matches!(
        refused(Step::Network, libc::EINVAL, &debian),
        Lack::NoNamespaces(_)
    ));
    assert!(matches!(
        refused(Step::Socket, libc::EAFNOSUPPORT, &[]),
        Lack::NoPacketSockets(_)
    ));
    assert!(matches!(
        refused(Step::Veth, libc::EOPNOTSUPP, &[]),
        Lack::NoVeth(_)
    ));
}
