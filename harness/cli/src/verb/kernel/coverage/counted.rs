//! Execution counts of SCTP's code, by file and function.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The folder of SCTP's code in a kernel's tree.
const FOLDER: &str = "net/sctp/";

/// The counts of SCTP's code: files by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) files: BTreeMap<String, File>,
}

/// The counts of a file: functions by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct File {
    pub(super) functions: BTreeMap<String, Function>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Function {
    /// The line where the function begins.
    pub(super) line: u32,
    pub(super) calls: u64,
    /// How often each line with code was executed.
    pub(super) lines: BTreeMap<u32, u64>,
}

/// How much was reached of how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Reached {
    pub(super) reached: usize,
    pub(super) all: usize,
}

impl Reached {
    pub(super) fn add(&mut self, other: Self) {
        self.reached += other.reached;
        self.all += other.all;
    }
}

/// The document that gcov prints for one object file (gcov(1), `--json-format`).
#[derive(Deserialize)]
struct Document {
    files: Vec<GcovFile>,
}

#[derive(Deserialize)]
struct GcovFile {
    file: String,
    functions: Vec<GcovFunction>,
    lines: Vec<GcovLine>,
}

#[derive(Deserialize)]
struct GcovFunction {
    name: String,
    start_line: u32,
    execution_count: u64,
}

#[derive(Deserialize)]
struct GcovLine {
    line_number: u32,
    count: u64,
    /// Absent for a line outside all functions.
    #[serde(default)]
    function_name: Option<String>,
}

impl Counted {
    /// Reads the output of gcov: several JSON documents, one after the other.
    pub(super) fn parse(printed: &[u8]) -> Result<Self, serde_json::Error> {
        let mut counted = Self::default();
        for document in serde_json::Deserializer::from_slice(printed).into_iter::<Document>() {
            for file in document?.files {
                if let Some(name) = name_of(&file.file) {
                    let name = name.to_owned();
                    counted.files.entry(name).or_default().take(file);
                }
            }
        }
        Ok(counted)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn add(&mut self, other: Self) {
        for (name, file) in other.files {
            let own = self.files.entry(name).or_default();
            for (name, function) in file.functions {
                let own = own.functions.entry(name).or_default();
                own.line = function.line;
                own.calls += function.calls;
                for (line, count) in function.lines {
                    *own.lines.entry(line).or_default() += count;
                }
            }
        }
    }

    /// The functions that were never called, the largest first, each with its file.
    pub(super) fn never_reached(&self) -> Vec<(&str, &str, &Function)> {
        let mut never: Vec<(&str, &str, &Function)> = Vec::new();
        for (file, it) in &self.files {
            for (name, function) in &it.functions {
                if function.reached().reached == 0 && function.calls == 0 {
                    never.push((file, name, function));
                }
            }
        }
        never.sort_by_key(|(_, _, function)| std::cmp::Reverse(function.lines.len()));
        never
    }
}

impl File {
    fn take(&mut self, file: GcovFile) {
        for it in file.functions {
            let own = self.functions.entry(it.name).or_default();
            own.line = it.start_line;
            own.calls += it.execution_count;
        }
        for it in file.lines {
            let Some(name) = it.function_name else {
                continue;
            };
            // A line that the compiler has inlined into another function is counted there, too.
            if let Some(own) = self.functions.get_mut(&name) {
                *own.lines.entry(it.line_number).or_default() += it.count;
            }
        }
    }

    pub(super) fn lines(&self) -> Reached {
        let mut lines: BTreeMap<u32, bool> = BTreeMap::new();
        for (line, count) in self.functions.values().flat_map(|it| &it.lines) {
            *lines.entry(*line).or_default() |= *count > 0;
        }
        Reached {
            reached: lines.values().filter(|it| **it).count(),
            all: lines.len(),
        }
    }

    pub(super) fn functions(&self) -> Reached {
        let reached = self.functions.values().filter(|it| it.calls > 0);
        Reached {
            reached: reached.count(),
            all: self.functions.len(),
        }
    }
}

impl Function {
    pub(super) fn reached(&self) -> Reached {
        Reached {
            reached: self.lines.values().filter(|it| **it > 0).count(),
            all: self.lines.len(),
        }
    }
}

/// The name of a C file in SCTP's own folder; `None` for headers and for files elsewhere.
fn name_of(path: &str) -> Option<&str> {
    let at = path.rfind(FOLDER)?;
    let (before, name) = (path.get(..at)?, path.get(at + FOLDER.len()..)?);
    (!before.ends_with("include/") && name.ends_with(".c")).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A document as gcov 12 prints it: two functions of an object file, and a header without
    /// code.
    fn document(calls: u64, path: &str) -> String {
        let line = |number: u32, count: u64, function: &str| {
            format!(
                r#"{{"branches": [], "count": {count}, "line_number": {number},
                    "unexecuted_block": false, "function_name": "{function}"}}"#
            )
        };
        let lines = [
            line(1, 0, "never"),
            line(3, 0, "never"),
            line(8, calls, "called"),
            line(9, 0, "called"),
        ];
        let function = |name: &str, line: u32, calls: u64| {
            format!(
                r#"{{"blocks": 4, "end_column": 1, "start_line": {line}, "name": "{name}",
                    "blocks_executed": 0, "execution_count": {calls}, "demangled_name": "{name}",
                    "start_column": 5, "end_line": 6}}"#
            )
        };
        let functions = [function("never", 1, 0), function("called", 8, calls)];
        format!(
            r#"{{"gcc_version": "12.2.0", "format_version": "1", "data_file": "input.gcda",
                "current_working_directory": "/build", "files": [
                {{"file": "{path}", "lines": [{}], "functions": [{}]}},
                {{"file": "/linux/include/net/sctp/sm.h", "lines": [], "functions": []}}]}}"#,
            lines.join(","),
            functions.join(",")
        )
    }

    fn counted(calls: u64) -> Counted {
        let printed = document(calls, "/linux/net/sctp/input.c") + "\n";
        Counted::parse(printed.as_bytes()).unwrap()
    }

    #[test]
    fn the_counts_of_runs_add_up() {
        let mut all = counted(0);
        assert_eq!(all.files["input.c"].lines(), Reached { reached: 0, all: 4 });
        assert_eq!(all.never_reached().len(), 2);
        all.add(counted(2));
        all.add(counted(3));
        let file = &all.files["input.c"];
        assert_eq!(file.functions["called"].calls, 5);
        assert_eq!(file.functions["called"].lines[&8], 5);
        assert_eq!(file.lines(), Reached { reached: 1, all: 4 });
        assert_eq!(file.functions(), Reached { reached: 1, all: 2 });
        let never = all.never_reached();
        assert_eq!(never.len(), 1);
        assert_eq!(
            (never[0].0, never[0].1, never[0].2.line),
            ("input.c", "never", 1)
        );
    }

    #[test]
    fn several_documents_are_read_and_others_files_are_left_out() {
        let printed = document(1, "net/sctp/a.c") + &document(1, "/linux/net/ipv4/b.c");
        let counted = Counted::parse(printed.as_bytes()).unwrap();
        assert_eq!(counted.files.keys().collect::<Vec<_>>(), ["a.c"]);
        assert!(Counted::parse(b"").unwrap().is_empty());
        Counted::parse(b"{\"files\": 1}").unwrap_err();
        Counted::parse(b"no JSON").unwrap_err();
    }
}
