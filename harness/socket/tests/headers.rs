//! Compares every structure, offset and constant with the system's own headers, by a C
//! compiler: `_Static_assert`s that are compiled and never run.
//!
//! Linux's need `cc` and `linux/sctp.h`. FreeBSD's need a compiler that targets FreeBSD,
//! named in `SCTP_LAB_FREEBSD_CC` (for instance `clang --target=x86_64-unknown-freebsd14
//! --sysroot=DIR`). A missing compiler or header makes the test ignored, or with
//! `headers` in `SCTP_LAB_REQUIRE` a failure.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

use libtest_mimic::Arguments;
use sctp_socket::sys::layout::StructLayout;
use sctp_socket::sys::{freebsd, linux};

/// The definitions of one system, and the C code that includes its headers.
struct System {
    name: &'static str,
    compiler: String,
    preamble: &'static str,
    structs: &'static [StructLayout],
    constants: &'static [&'static [(&'static str, i64)]],
    cmsg_align: usize,
    cmsg_len: usize,
}

const COMMON: &str = "
    #include <stddef.h>
    #include <stdint.h>
    #include <sys/types.h>
    #include <sys/socket.h>
    #include <netinet/in.h>
";

// Linux uses the older event's names for the fields of the newer one.
const LINUX: &str = "
    #include <linux/sctp.h>
    #define ssfe_type ssf_type
    #define ssfe_flags ssf_flags
    #define ssfe_length ssf_length
    #define ssfe_error ssf_error
    #define ssfe_assoc_id ssf_assoc_id
";

const FREEBSD: &str = "
    #include <netinet/sctp.h>
";

fn main() -> ExitCode {
    let systems = [
        System {
            name: "linux",
            compiler: "cc".to_owned(),
            preamble: LINUX,
            structs: linux::STRUCTS,
            constants: linux::CONSTANTS,
            cmsg_align: linux::CMSG_ALIGN,
            cmsg_len: size_of::<linux::cmsg_len_t>(),
        },
        System {
            name: "freebsd",
            compiler: std::env::var("SCTP_LAB_FREEBSD_CC").unwrap_or_default(),
            preamble: FREEBSD,
            structs: freebsd::STRUCTS,
            constants: freebsd::CONSTANTS,
            cmsg_align: freebsd::CMSG_ALIGN,
            cmsg_len: size_of::<freebsd::cmsg_len_t>(),
        },
    ];
    let required = std::env::var("SCTP_LAB_REQUIRE")
        .is_ok_and(|required| required.split(',').any(|what| what.trim() == "headers"));
    let trials = systems
        .into_iter()
        .map(|system| {
            let missing = system.compile("").err();
            if let Some(reason) = &missing {
                eprintln!("no headers of {} to compare with: {reason}", system.name);
            }
            let ignored = missing.is_some() && !required;
            trials::test(format!("headers::{}", system.name), move || {
                let (checks, source) = system.checks()?;
                system.compile(&source)?;
                eprintln!(
                    "{}: {checks} sizes, offsets and constants are equal",
                    system.name
                );
                Ok(())
            })
            .with_ignored_flag(ignored)
        })
        .collect();
    trials::run("socket-headers", &Arguments::from_args(), trials).exit_code()
}

impl System {
    /// The number of assertions, and the assertions.
    fn checks(&self) -> Result<(usize, String), std::fmt::Error> {
        let mut source = String::new();
        for layout in self.structs {
            let name = match layout.name.strip_suffix("_t") {
                Some(_) => layout.name.to_owned(),
                None => format!("struct {}", layout.name),
            };
            equal(&mut source, &format!("sizeof({name})"), layout.size)?;
            for field in layout
                .fields
                .iter()
                .filter(|field| !field.name.starts_with('_'))
            {
                equal(
                    &mut source,
                    &format!("offsetof({name}, {})", field.name),
                    field.offset,
                )?;
            }
        }
        for (name, value) in self.constants.iter().copied().flatten() {
            equal(&mut source, name, value)?;
        }
        let data = (self.cmsg_len + 8).next_multiple_of(self.cmsg_align);
        equal(
            &mut source,
            "sizeof(((struct cmsghdr *)0)->cmsg_len)",
            self.cmsg_len,
        )?;
        equal(&mut source, "CMSG_LEN(0)", data)?;
        equal(&mut source, "CMSG_SPACE(1)", data + self.cmsg_align)?;
        Ok((source.lines().count(), source))
    }

    /// Compiles the source after the headers. Returns the compiler's own message on
    /// failure.
    fn compile(&self, source: &str) -> Result<(), Box<dyn Error>> {
        let mut words = self.compiler.split_whitespace();
        let program = words.next().ok_or("no compiler is named")?;
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}.c", self.name));
        fs::write(&file, format!("{COMMON}{}{source}", self.preamble))?;
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
}

fn equal(source: &mut String, expression: &str, value: impl std::fmt::Display) -> std::fmt::Result {
    writeln!(
        source,
        "_Static_assert({expression} == {value}, \"ours: {value}\");"
    )
}
