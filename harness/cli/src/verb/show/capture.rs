//! The ladder of a capture.

use std::cell::RefCell;

use recording::{PacketView, Recording};
use report::{Excerpt, Host, Hosts, Setting};
use trace::{CaptureError, Survey};

use super::legend::Legend;
use super::print;
use crate::args::Show;
use crate::console;
use crate::exit::Exit;

/// Draws it as it is read: however large it is, it takes no more memory.
pub(super) fn show(args: &Show) -> Exit {
    if args.form.flow {
        console::error("a capture has no steps, and so no flow");
        return Exit::Wrong;
    }
    match try_to(args) {
        Ok(()) => Exit::Passed,
        Err(error) => {
            console::error(&error.to_string());
            if let CaptureError::TooLong { .. } = error {
                eprintln!("  help: show a part of it, by --from and --until");
            }
            Exit::Wrong
        }
    }
}

/// What is damaged is shown up to the damage, which is told afterwards.
fn try_to(args: &Show) -> Result<(), CaptureError> {
    let capture = trace::open(&args.recording)?;
    let damage = RefCell::new(None);
    match capture.of_the_lab().map(<[_]>::to_vec) {
        Some(interfaces) => {
            let hosts = Hosts::of(&interfaces);
            let packets = capture.packets().up_to(&damage);
            match args.form.is_ladder() {
                true => draw(args, &hosts, Setting::of_the_lab(), packets),
                false => {
                    let packets = packets.filter(|it| args.shows(it.at()));
                    picture(
                        args,
                        &trace::recorded(&args.recording, interfaces, packets)?,
                    );
                }
            }
        }
        None => {
            let survey = Survey::of(capture)?;
            let again = trace::open(&args.recording)?;
            let packets = again.placed(&survey).up_to(&damage);
            if args.form.is_ladder() {
                console::print(&format!("{}\n", Legend(&survey)));
                draw(args, &hosts(&survey), Setting::default(), packets);
            } else {
                let packets = packets.filter(|it| args.shows(it.at()));
                picture(
                    args,
                    &trace::as_recording(&args.recording, &survey, packets)?,
                );
            }
        }
    }
    damage.into_inner().map_or(Ok(()), Err)
}

fn draw(
    args: &Show,
    hosts: &Hosts,
    setting: Setting,
    packets: impl Iterator<Item = impl PacketView>,
) {
    let options = console::ladder_options(args.full);
    let lines = report::lines(hosts, setting, packets, [], args.full);
    let lines = lines.filter(|line| args.shows(line.at));
    console::print_all(report::draw(lines, hosts, &options));
}

fn picture(args: &Show, recording: &Recording) {
    let options = console::ladder_options(args.full);
    let (from, until) = args.span();
    let excerpt = Excerpt {
        recording,
        from,
        until,
    };
    print(&args.form, &excerpt, &options);
}

fn hosts(survey: &Survey) -> Hosts {
    let links = survey.paths.iter().map(|path| {
        let ends = path.ends.map(|(_, host)| Host(host));
        (path.name.clone(), ends)
    });
    Hosts::between(survey.host_names(), links.collect())
}
