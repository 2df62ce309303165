//! The table of `sctp-lab bound`: the timers of each stack, side by side.

use std::fmt::Write;

use bounds::{Gap, Span, Timing};
use clap::ValueEnum;

use super::Reckoned;
use crate::args::{Bound, Which};

/// Greatest number of timers in a table. The timers after them are one line with their
/// number and sum.
const MOST: usize = 40;

/// The word of a bound on the command line.
pub(super) fn word(bound: Which) -> String {
    let value = bound.to_possible_value();
    value.map_or_else(String::new, |value| value.get_name().to_owned())
}

/// A table for each stack, side by side, and below it the rules.
pub(super) fn text(args: &Bound, reckoned: &[Reckoned]) -> String {
    let mut out = String::new();
    let about = args.bound.to_possible_value();
    let about = about.and_then(|value| value.get_help().map(ToString::to_string));
    let _ = writeln!(
        out,
        "{}-bound: {}",
        word(args.bound),
        about.unwrap_or_default()
    );
    for it in reckoned {
        let _ = writeln!(out, "{}: {}", it.forecast.stack, timers(it));
    }
    out.push('\n');
    let columns: Vec<Vec<[String; 4]>> = reckoned.iter().map(column).collect();
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<[usize; 4]> = columns.iter().map(|column| width_of(column)).collect();
    for (it, width) in reckoned.iter().zip(&widths) {
        let whole = width.iter().sum::<usize>() + 3 * 2;
        let _ = write!(out, "{:<whole$}    ", it.forecast.stack);
    }
    end_line(&mut out);
    for row in 0..rows {
        for (column, [timer, rto, took, errors]) in columns.iter().zip(&widths) {
            let empty = Default::default();
            let cells = column.get(row).unwrap_or(&empty);
            let _ = write!(
                out,
                "{:<timer$}  {:>rto$}  {:>took$}  {:>errors$}    ",
                cells[0], cells[1], cells[2], cells[3]
            );
        }
        end_line(&mut out);
    }
    out.push('\n');
    for it in reckoned {
        let range = match it.forecast.never {
            Some(why) => format!("never: {why}"),
            None => format!("{} s", it.forecast.interval),
        };
        let _ = writeln!(out, "{}: {range}", it.forecast.stack);
    }
    for it in reckoned {
        let _ = writeln!(out, "\nby the rules of {}", it.forecast.stack);
        for rule in &it.forecast.rules {
            let _ = writeln!(out, "  {rule}");
        }
    }
    out
}

fn end_line(out: &mut String) {
    out.truncate(out.trim_end().len());
    out.push('\n');
}

/// The lines of one stack: each timer with its RTO, the seconds since the timer before, and
/// the errors that are counted then.
fn column(it: &Reckoned) -> Vec<[String; 4]> {
    let heading = ["timer", "RTO", "seconds", "errors"].map(str::to_owned);
    let gaps = &it.forecast.gaps;
    let mut rows = vec![heading];
    rows.extend(gaps.iter().take(MOST).map(row));
    if let Some(rest) = gaps.get(MOST..)
        && !rest.is_empty()
    {
        let sum: bounds::Interval = rest.iter().map(|gap| gap.interval).sum();
        let errors = rest.last().and_then(|gap| gap.errors);
        rows.push([
            format!("{} more", rest.len()),
            String::new(),
            sum.to_string(),
            errors.map_or_else(String::new, |errors| errors.to_string()),
        ]);
    }
    rows
}

fn row(gap: &Gap) -> [String; 4] {
    [
        gap.timer.to_string(),
        gap.rto.to_string(),
        gap.interval.to_string(),
        gap.errors
            .map_or_else(|| "-".to_owned(), |errors| errors.to_string()),
    ]
}

fn width_of(column: &[[String; 4]]) -> [usize; 4] {
    [0, 1, 2, 3].map(|cell| {
        let lengths = column.iter().map(|row| row[cell].chars().count());
        lengths.max().unwrap_or(0)
    })
}

fn timers(it: &Reckoned) -> String {
    let Timing {
        rto_initial,
        rto_min,
        rto_max,
        heartbeat_interval,
        heartbeats,
        sack_delay: _,
        path_max_retrans,
        potentially_failed,
        association_max_retrans,
        max_init_retransmits,
        max_init_timeout,
    } = it.timing;
    let seconds = |time: std::time::Duration| Span::from(time).to_string();
    let heartbeat = match heartbeats {
        true => format!("{} s", seconds(heartbeat_interval)),
        false => "off".to_owned(),
    };
    let threshold = potentially_failed.map_or("off".to_owned(), |it| it.to_string());
    format!(
        "RTO {} s, Initial {}, Min {}, Max {}; HB.interval {heartbeat}; Path.Max.Retrans \
         {path_max_retrans}, PotentiallyFailed {threshold}; Association.Max.Retrans \
         {association_max_retrans}; Max.Init.Retransmits {max_init_retransmits}, up to {} s",
        it.rto,
        seconds(rto_initial),
        seconds(rto_min),
        seconds(rto_max),
        seconds(max_init_timeout),
    )
}
