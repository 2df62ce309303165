//! Wireshark as the judge: reads captures with tshark.

use std::io::Write;
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::Arguments;

/// A test that asks tshark.
pub type Test = fn() -> Result<(), String>;

/// Runs a program of such tests. Without tshark they are ignored; where
/// `SCTP_LAB_REQUIRE` lists `tshark`, they fail.
#[must_use]
pub fn run(program: &str, tests: &[(&str, Test)]) -> ExitCode {
    let available = version();
    let trials = tests.iter().map(|&(name, test)| match &available {
        Ok(_) => crate::test(name, move || test().map_err(Into::into)),
        Err(reason) if crate::is_required("tshark") => {
            let reason = format!("SCTP_LAB_REQUIRE lists tshark, but {reason}");
            crate::test(name, move || Err(reason.into()))
        }
        Err(_) => crate::test(name, || Ok(()))
            .with_kind("no tshark here")
            .with_ignored_flag(true),
    });
    crate::run(program, &Arguments::from_args(), trials.collect()).exit_code()
}

/// The fields of one packet as tshark sees it.
pub struct Row {
    number: usize,
    fields: Vec<(&'static str, String)>,
}

impl Row {
    /// A field; several values are separated by `;`.
    ///
    /// # Panics
    ///
    /// If the field was not asked for.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        let mut fields = self.fields.iter();
        let found = fields.find(|(name, _)| *name == field);
        &found.expect("the field was asked for").1
    }

    /// Fails unless the field is as expected.
    ///
    /// # Errors
    ///
    /// The field, and all other fields.
    ///
    /// # Panics
    ///
    /// If the field was not asked for.
    pub fn expect(&self, field: &str, expected: &str) -> Result<(), String> {
        match self.get(field) {
            found if found == expected => Ok(()),
            found => Err(format!(
                "packet {}: {field} is `{found}`, not `{expected}`; all of it: {}",
                self.number,
                self.shown()
            )),
        }
    }

    fn shown(&self) -> String {
        let there = self.fields.iter().filter(|(_, value)| !value.is_empty());
        let shown: Vec<_> = there
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        shown.join(" ")
    }
}

/// The version of tshark, or why it cannot be run.
fn version() -> Result<String, String> {
    text(&["--version"], &[])
        .map(|output| output.lines().next().unwrap_or_default().to_owned())
        .map_err(|reason| format!("it cannot be run: {reason}"))
}

/// What tshark sees in a capture: the given fields of each packet.
///
/// # Errors
///
/// What tshark says, or that it cannot be run.
pub fn rows(capture: &[u8], fields: &[&'static str]) -> Result<Vec<Row>, String> {
    let mut arguments = vec!["-n", "-r", "-", "-T", "fields", "-E", "aggregator=;"];
    for preference in [
        "sctp.checksum:CRC 32c",
        "sctp.relative_tsns:FALSE",
        "ip.check_checksum:TRUE",
        "udp.check_checksum:TRUE",
    ] {
        arguments.extend(["-o", preference]);
    }
    for field in fields {
        arguments.extend(["-e", field]);
    }
    let output = text(&arguments, capture)?;
    let rows = output.lines().enumerate().map(|(index, line)| Row {
        number: index + 1,
        fields: fields
            .iter()
            .copied()
            .zip(line.split('\t').map(str::to_owned))
            .collect(),
    });
    Ok(rows.collect())
}

/// The same capture, read and written by Wireshark's library.
///
/// # Errors
///
/// What tshark says, or that it cannot be run.
pub fn rewrite(capture: &[u8]) -> Result<Vec<u8>, String> {
    bytes(&["-n", "-r", "-", "-F", "pcapng", "-w", "-"], capture)
}

fn text(arguments: &[&str], input: &[u8]) -> Result<String, String> {
    let output = bytes(arguments, input)?;
    String::from_utf8(output).map_err(|error| error.to_string())
}

fn bytes(arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, String> {
    let mut child = Command::new("tshark")
        .args(arguments)
        // The preferences of the user who runs the tests must not matter.
        .env("WIRESHARK_CONFIG_DIR", "/nonexistent")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("tshark: {error}"))?;
    let mut stdin = child.stdin.take().expect("it is piped");
    let output = std::thread::scope(|scope| {
        // The output is read at the same time; otherwise both sides could wait for each
        // other. If tshark stops reading early, its exit status shows that.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output()
    });
    let output = output.map_err(|error| format!("tshark: {error}"))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(format!(
            "tshark: {}, {}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )),
    }
}
