//! Compares the network layer's copies of FreeBSD's structures and numbers with FreeBSD's
//! own headers: `_Static_assert`s that are compiled and never run.
//!
//! The test needs a C compiler that targets FreeBSD, named in `SCTP_LAB_FREEBSD_CC`.
//! Without one the test is ignored, or with `headers` in `SCTP_LAB_REQUIRE` fails.

#[path = "../src/freebsd/abi.rs"]
#[allow(dead_code)]
mod abi;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::mem::offset_of;
use std::path::Path;
use std::process::{Command, ExitCode};

use abi::*;
use libtest_mimic::Arguments;

const HEADERS: &str = "
    #include <stddef.h>
    #include <sys/types.h>
    #include <sys/socket.h>
    #include <sys/sockio.h>
    #include <sys/ioccom.h>
    #include <net/if.h>
    #include <net/if_dl.h>
    #include <net/if_types.h>
    #include <net/bpf.h>
    #include <net/route.h>
    #include <netinet/in.h>
    #include <netinet/in_var.h>
    #include <netinet6/nd6.h>
";

fn main() -> ExitCode {
    let required = std::env::var("SCTP_LAB_REQUIRE")
        .is_ok_and(|required| required.split(',').any(|what| what.trim() == "headers"));
    let missing = compile("").err();
    if let Some(reason) = &missing {
        eprintln!("no headers of freebsd to compare with: {reason}");
    }
    let test = trials::test("headers::freebsd_network", || {
        let checks = checks();
        let mut source = String::new();
        for (expression, value) in &checks {
            writeln!(
                source,
                "_Static_assert(({expression}) == {value}, \"ours: {value}\");"
            )?;
        }
        compile(&source)?;
        eprintln!(
            "freebsd: {} sizes, offsets and constants are equal",
            checks.len()
        );
        Ok(())
    });
    let ignored = missing.is_some() && !required;
    trials::run(
        "net-headers",
        &Arguments::from_args(),
        vec![test.with_ignored_flag(ignored)],
    )
    .exit_code()
}

/// Compiles the source after the headers. Returns the compiler's own message on failure.
fn compile(source: &str) -> Result<(), Box<dyn Error>> {
    let compiler = std::env::var("SCTP_LAB_FREEBSD_CC").unwrap_or_default();
    let mut words = compiler.split_whitespace();
    let program = words.next().ok_or("no compiler is named")?;
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("freebsd_network.c");
    fs::write(&file, format!("{HEADERS}{source}"))?;
    let output = Command::new(program)
        .args(words)
        .args(["-std=gnu11", "-c", "-o"])
        .arg(file.with_extension("o"))
        .arg(&file)
        .output()
        .map_err(|error| format!("`{program}` does not start: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into())
}

/// Expressions in C, and the values in the network layer.
fn checks() -> Vec<(String, u64)> {
    let mut checks = Vec::new();
    macro_rules! sizes {
        ($($ours:ident = $theirs:literal { $($field:ident = $name:literal),* $(,)? })*) => {$(
            checks.push((format!("sizeof({})", $theirs), size_of::<$ours>() as u64));
            $(checks.push((
                format!("offsetof({}, {})", $theirs, $name),
                offset_of!($ours, $field) as u64,
            ));)*
        )*};
    }
    sizes! {
        Ifreq = "struct ifreq" { name = "ifr_name", value = "ifr_ifru" }
        SockaddrIn = "struct sockaddr_in" {
            len = "sin_len", family = "sin_family", port = "sin_port", addr = "sin_addr",
        }
        SockaddrIn6 = "struct sockaddr_in6" {
            len = "sin6_len", family = "sin6_family", port = "sin6_port",
            flowinfo = "sin6_flowinfo", addr = "sin6_addr", scope_id = "sin6_scope_id",
        }
        SockaddrDl = "struct sockaddr_dl" {
            len = "sdl_len", family = "sdl_family", index = "sdl_index", kind = "sdl_type",
            nlen = "sdl_nlen", alen = "sdl_alen", slen = "sdl_slen", data = "sdl_data",
        }
        InAliasreq = "struct in_aliasreq" {
            name = "ifra_name", addr = "ifra_addr", broadaddr = "ifra_broadaddr",
            mask = "ifra_mask", vhid = "ifra_vhid",
        }
        In6Aliasreq = "struct in6_aliasreq" {
            name = "ifra_name", addr = "ifra_addr", dstaddr = "ifra_dstaddr",
            prefixmask = "ifra_prefixmask", flags = "ifra_flags",
            expire = "ifra_lifetime.ia6t_expire", preferred = "ifra_lifetime.ia6t_preferred",
            vltime = "ifra_lifetime.ia6t_vltime", pltime = "ifra_lifetime.ia6t_pltime",
            vhid = "ifra_vhid",
        }
        In6Ifreq = "struct in6_ifreq" { name = "ifr_name", value = "ifr_ifru" }
        RtMsghdr = "struct rt_msghdr" {
            msglen = "rtm_msglen", version = "rtm_version", kind = "rtm_type",
            index = "rtm_index", flags = "rtm_flags", addrs = "rtm_addrs", pid = "rtm_pid",
            seq = "rtm_seq", errno = "rtm_errno", fmask = "rtm_fmask", inits = "rtm_inits",
            rmx = "rtm_rmx",
        }
        BpfXhdr = "struct bpf_xhdr" {
            sec = "bh_tstamp.bt_sec", frac = "bh_tstamp.bt_frac", caplen = "bh_caplen",
            datalen = "bh_datalen", hdrlen = "bh_hdrlen",
        }
        BpfStat = "struct bpf_stat" { recv = "bs_recv", drop = "bs_drop" }
    }
    macro_rules! constants {
        ($($name:ident)*) => {$(
            checks.push((stringify!($name).to_owned(), $name as u64));
        )*};
    }
    constants! {
        IFNAMSIZ AF_INET AF_LINK AF_INET6 IFT_ETHER ND6_INFINITE_LIFETIME
        IFF_UP IFF_NOARP RTM_VERSION RTM_ADD RTM_DELETE
        RTF_UP RTF_GATEWAY RTF_HOST RTF_LLDATA RTF_STATIC RTA_DST RTA_GATEWAY RTA_NETMASK
        BPF_D_IN BPF_T_NANOTIME_MONOTONIC BPF_ALIGNMENT
        SIOCSIFFLAGS SIOCGIFFLAGS SIOCDIFADDR SIOCDIFADDR_IN6 SIOCAIFADDR_IN6 SIOCSIFCAP
        SIOCGIFINDEX SIOCSIFNAME SIOCAIFADDR SIOCSIFMTU SIOCSIFLLADDR SIOCSIFVNET SIOCIFCREATE2
        BIOCGBLEN BIOCSBLEN BIOCFLUSH BIOCSETIF BIOCGSTATS BIOCIMMEDIATE BIOCSHDRCMPLT
        BIOCSDIRECTION BIOCSTSTAMP
    }
    checks
}
