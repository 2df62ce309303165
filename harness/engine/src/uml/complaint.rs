//! Finds a kernel's report of its own fault in its log.

use recording::Complaint;

/// Beginnings of such reports (lib/bug.c, kernel/panic.c, mm/kasan/report.c, lib/ubsan.c,
/// kernel/locking/lockdep.c, net/core/dev.c, lib/refcount.c).
const BEGINS: [&str; 6] = [
    "WARNING: ",
    "BUG: ",
    "UBSAN: ",
    "kernel BUG at ",
    "unregister_netdevice: waiting for ",
    "refcount_t: ",
];

/// Greatest number of lines that are kept of a log.
const LINES: usize = 1000;

/// The first complaint on a kernel's console, with the lines that follow it.
pub(super) fn of(console: &str) -> Option<Complaint> {
    let lines: Vec<&str> = console.lines().collect();
    let words = without_time;
    let at = lines
        .iter()
        .position(|line| BEGINS.iter().any(|it| words(line).starts_with(it)))?;
    let from = lines.get(at..).unwrap_or_default();
    Some(Complaint {
        what: words(from.first()?).trim_end().to_owned(),
        log: from
            .iter()
            .take(LINES)
            .map(|it| format!("{it}\n"))
            .collect(),
    })
}

/// The line without the time that CONFIG_PRINTK_TIME adds, such as `[    1.234567] `.
fn without_time(line: &str) -> &str {
    let words = line.trim_start();
    let Some((time, words)) = words.strip_prefix('[').and_then(|it| it.split_once("] ")) else {
        return words;
    };
    let is_time = time.chars().all(|it| matches!(it, '0'..='9' | '.' | ' '));
    if is_time { words } else { line }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From the console of Linux 7.3.4, which gave up a reference to a transport twice.
    const REFERENCES: &str = "\
[ 3616.480000] WARNING: lib/refcount.c:28 at sctp_generate_t3_rtx_event+0x9f/0xbd, CPU#0: swapper/0/0
[ 3616.480000] refcount_t: underflow; use-after-free.
[ 3616.480000] CPU: 0 UID: 0 PID: 0 Comm: swapper/0 Not tainted 7.3.4 #3 VOLUNTARY  
";

    #[test]
    fn a_warning_is_kept_with_all_that_follows_it() {
        let console = format!("[    0.000000] random: crng init done\n{REFERENCES}");
        let complaint = of(&console).unwrap();
        let what = "WARNING: lib/refcount.c:28 at sctp_generate_t3_rtx_event+0x9f/0xbd, CPU#0: \
                    swapper/0/0";
        assert_eq!(complaint.what, what);
        assert_eq!(complaint.log, REFERENCES);
    }

    #[test]
    fn a_complaint_is_told_from_a_word() {
        for line in [
            "[ 1.0] WARNING: CPU: 0 PID: 1 at net/sctp/x.c:1",
            "WARNING: net/sctp/x.c:1 at sctp_x+0x1/0x2, CPU#0: init/1",
            "[    3.000000] kernel BUG at net/sctp/x.c:1!",
        ] {
            assert!(of(line).is_some(), "{line}");
        }
        for line in [
            "[ 3600.0] reboot: Power down",
            "[ 1.0] a program said: BUG: none",
            "",
        ] {
            assert_eq!(of(line), None);
        }
    }
}
