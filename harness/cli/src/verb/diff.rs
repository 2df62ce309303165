use report::Side;
use serde_json::json;

use crate::args::Diff;
use crate::console;
use crate::exit::Exit;
use crate::judged::Judged;

pub(crate) fn run(args: &Diff) -> Exit {
    let (first, second) = match (Judged::open(&args.first), Judged::open(&args.second)) {
        (Ok(first), Ok(second)) => (first, second),
        (Err(exit), _) | (_, Err(exit)) => return exit,
    };
    let [one, other] = [&first, &second].map(|it| &it.recording.info.scenario);
    if one != other {
        console::error(&format!(
            "these are recordings of two scenarios, `{one}` and `{other}`: nothing to compare"
        ));
        return Exit::Wrong;
    }
    let [left, right] = [&first, &second].map(|it| Side {
        recording: &it.recording,
        verdict: &it.verdict,
    });
    let diff = report::diff(left, right);
    let text = if args.json {
        let line = json!({
            "format": 1,
            "scenario": one,
            "alike": diff.is_empty(),
            "diff": diff,
        });
        console::json(&line)
    } else {
        let names = [&args.first, &args.second].map(|path| path.display().to_string());
        report::print_diff(&diff, [&names[0], &names[1]], console::color())
    };
    console::print(&text);
    Exit::of_verdict(diff.is_empty())
}
