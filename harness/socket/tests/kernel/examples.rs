//! Runs each pair of examples as two processes that talk to each other. Both processes
//! are this test program again.

use std::error::Error;
use std::path::PathBuf;
use std::process::{ExitCode, Stdio};

use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::support::{self, Outcome, Test, same};

#[path = "../../examples/one_to_many_client.rs"]
mod one_to_many_client;
#[path = "../../examples/one_to_many_server.rs"]
mod one_to_many_server;
#[path = "../../examples/one_to_one_client.rs"]
mod one_to_one_client;
#[path = "../../examples/one_to_one_server.rs"]
mod one_to_one_server;

pub(crate) fn trials() -> Vec<Test> {
    support::tests![
        one_to_one_echoes_message_by_message,
        one_to_many_echoes_on_the_stream_it_heard,
        an_example_says_what_it_lacks,
    ]
}

const ROLE: &str = "SOCKET_TEST_EXAMPLE";

/// The example that this process is to run instead of the tests.
pub(crate) fn role() -> Option<fn() -> ExitCode> {
    let main = match std::env::var(ROLE).ok()?.as_str() {
        "one_to_many_client" => || ended(one_to_many_client::main()),
        "one_to_many_server" => || ended(one_to_many_server::main()),
        "one_to_one_client" => || ended(one_to_one_client::main()),
        "one_to_one_server" => || ended(one_to_one_server::main()),
        other => panic!("there is no example `{other}`"),
    };
    Some(main)
}

/// The exit code of a program whose `main` returns this result.
fn ended(result: Result<(), Box<dyn Error>>) -> ExitCode {
    std::process::Termination::report(result)
}

async fn one_to_one_echoes_message_by_message() -> Outcome {
    let mut server = Server::start("one_to_one_server").await?;
    for _ in 0..2 {
        let said = said("one_to_one_client", &[&server.address]).await?;
        same!(said, ["DATA 1", "DATA 2", "DATA 3", "DATA 4", "DATA 5"]);
        let line = server.line().await?;
        let peer = line.strip_suffix(" shut down").ok_or(line.as_str())?;
        same!(peer.starts_with("127.0.0.1:"), true);
    }
    Ok(())
}

async fn one_to_many_echoes_on_the_stream_it_heard() -> Outcome {
    let mut server = Server::start("one_to_many_server").await?;
    for text in ["good morning", "hello"] {
        let said = said("one_to_many_client", &[&server.address, text]).await?;
        same!(said.len(), 2);
        same!(said[0], text);
        let info = "Some(RcvInfo { sid: 3, ssn: 0, flags: RecvFlags(0x0), ppid: Ppid(8)";
        same!(said[1].split(", tsn").next(), Some(info));
        let line = server.line().await?;
        let heard = line.split_once(": ").ok_or(line.as_str())?;
        same!(heard.0.starts_with("association "), true);
        same!(heard.1, format!("{} bytes", text.len()));
    }
    Ok(())
}

async fn an_example_says_what_it_lacks() -> Outcome {
    for example in ["one_to_one_server", "one_to_many_client"] {
        let output = command(example)?.output().await?;
        same!(output.status.code(), Some(1));
        let words = String::from_utf8(output.stderr)?;
        same!(words, "Error: \"which address and port?\"\n");
    }
    Ok(())
}

/// A listening server process, which ends with this value.
struct Server {
    address: String,
    said: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Server {
    async fn start(example: &str) -> Result<Self, Box<dyn Error>> {
        let mut process = command(example)?
            .arg("127.0.0.1:0")
            .stdout(Stdio::piped())
            .spawn()?;
        let output = process.stdout.take().ok_or("no output")?;
        let mut server = Self {
            address: String::new(),
            said: BufReader::new(output).lines(),
            _process: process,
        };
        let line = server.line().await?;
        let address = line.strip_prefix("listening on ");
        server.address = address.ok_or(line.as_str())?.to_owned();
        Ok(server)
    }

    async fn line(&mut self) -> Result<String, Box<dyn Error>> {
        Ok(self.said.next_line().await?.ok_or("it ended")?)
    }
}

/// The lines that a client prints until it ends, which must be successful.
async fn said(example: &str, arguments: &[&str]) -> Result<Vec<String>, Box<dyn Error>> {
    let output = command(example)?.args(arguments).output().await?;
    let error = String::from_utf8(output.stderr)?;
    same!((output.status.code(), error.as_str()), (Some(0), ""));
    let output = String::from_utf8(output.stdout)?;
    Ok(output.lines().map(str::to_owned).collect())
}

fn command(example: &str) -> Result<Command, Box<dyn Error>> {
    // In the guest the program's file has no name.
    let program = match cfg!(target_os = "linux") {
        true => PathBuf::from("/proc/self/exe"),
        false => std::env::current_exe()?,
    };
    let mut command = Command::new(program);
    command.env(ROLE, example).kill_on_drop(true);
    Ok(command)
}
