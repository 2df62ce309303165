//! Makes questions from the ladder of a run.

use fastrand::Rng;
use scenario::{Ask, Exercise, Fault, PacketAt, Predicted};

use crate::question::{Number, Picture, Question, bare, letter};
use crate::sheet::{Drawn, Line, Packet, Sheet, What, time};

/// Why there is no question: the run does not show what the exercise asks about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CutError {
    /// The packet is not there.
    #[error("the run shows no {nth}. {chunk} from {from}")]
    NoPacket {
        /// The chunk.
        chunk: String,
        /// The host that should have sent the chunk.
        from: String,
        /// The number of the packet among those with the chunk, from 1.
        nth: u64,
    },
    /// The chunk does not have the field.
    #[error("the {chunk} has no `{field}`")]
    NoField {
        /// The chunk.
        chunk: String,
        /// The field.
        field: String,
    },
    /// The value is drawn by chance, and no line before the packet shows it.
    #[error("`{0}` is drawn by chance, and no line above shows it: name it in `show`")]
    Unknowable(String),
    /// The packet is the first one.
    #[error("nothing comes before it")]
    Nothing,
    /// Too few packets follow.
    #[error("the number of packets that follow is {0}, which is too few")]
    TooFew(usize),
    /// All packets look alike.
    #[error("all packets look alike")]
    NoOrder,
    /// The sheet has no ladder of the sabotage.
    #[error("the sheet has no ladder of sabotage {0}")]
    NotSabotaged(usize),
    /// Both runs look alike.
    #[error("sabotage {0} changes no line of the ladder that could be named")]
    Alike(usize),
    /// The exercise is answered by a file.
    #[error("it is answered by a file")]
    ByFile,
}

/// The fields that are drawn by chance, or count from a value that is.
const BY_CHANCE: &[&str] = &[
    "verification-tag",
    "initiate-tag",
    "initial-tsn",
    "tsn",
    "cumulative-tsn-ack",
];

/// Makes the question of an exercise. `seed` decides the order of shuffled options.
///
/// # Errors
///
/// The run does not show what the exercise asks about.
pub fn cut(exercise: &Exercise, sheet: &Sheet, seed: u64) -> Result<Question, CutError> {
    let rng = Rng::with_seed(seed);
    let word = exercise.ask.word();
    let question = Question::blank(word, &exercise.because, &exercise.rfc);
    match &exercise.ask {
        Ask::Predict { packet, what } => predict(question, packet, *what, sheet, rng),
        Ask::FillIn {
            packet,
            field,
            shown,
        } => fill_in(question, packet, (field, shown), sheet),
        Ask::Order { first, packets } => order(question, first, packets.get(), sheet, rng),
        Ask::FindTheFault { sabotage, what } => {
            find_the_fault(question, sabotage.get(), *what, sheet, rng)
        }
        Ask::MakeItGreen { .. } => Err(CutError::ByFile),
    }
}

/// Whether two runs give an exercise the same answer. Values that are drawn by chance are
/// not compared.
///
/// # Errors
///
/// Both answers, or why one run has none.
pub fn agree(exercise: &Exercise, one: &Sheet, other: &Sheet) -> Result<(), String> {
    let said = |sheet: &Sheet| cut(exercise, sheet, 0);
    let both = (said(one), said(other));
    let (one, other) = match both {
        (Err(CutError::ByFile), _) => return Ok(()),
        (Ok(one), Ok(other)) => (one, other),
        (Err(error), _) | (_, Err(error)) => return Err(error.to_string()),
    };
    if let Ask::FillIn { field, .. } = &exercise.ask
        && BY_CHANCE.contains(&field.as_str())
    {
        return Ok(());
    }
    let same = match (one.number, other.number) {
        (Some(one), Some(other)) => (one.value - other.value).abs() <= one.within,
        // A kernel does simultaneous things in any order. So only the place where the
        // ladders part is compared, and not the lines there.
        _ if matches!(exercise.ask, Ask::FindTheFault { .. }) => one.accepted == other.accepted,
        _ => one.accepted == other.accepted && one.options == other.options,
    };
    match same {
        true => Ok(()),
        false => Err(format!("`{}` and `{}`", one.answer, other.answer)),
    }
}

/// The packet that an exercise means, with its index in the ladder.
fn find<'s>(at: &PacketAt, lines: &'s [Line]) -> Result<(usize, &'s Packet), CutError> {
    let chunk = at.chunk.to_string();
    let packets = lines.iter().enumerate();
    let mut meant = packets
        .filter_map(|(index, line)| Some((index, line.packet()?)))
        .filter(|(_, packet)| packet.from == at.from.as_str())
        .filter(|(_, packet)| packet.chunks.iter().any(|it| it.name == chunk));
    let nth = at.nth.get();
    let skipped = usize::try_from(nth - 1).unwrap_or(usize::MAX);
    meant.nth(skipped).ok_or_else(|| CutError::NoPacket {
        chunk,
        from: at.from.to_string(),
        nth,
    })
}

fn links(lines: &[Line]) -> Vec<String> {
    let packets = lines.iter().filter_map(Line::packet);
    let mut links: Vec<String> = packets.map(|it| it.link.clone()).collect();
    links.sort();
    links.dedup();
    links
}

fn rows(lines: &[Line], drawn: Drawn<'_>) -> Vec<String> {
    lines.iter().map(|line| line.draw(drawn)).collect()
}

fn alone(rows: Vec<String>) -> Vec<Picture> {
    let title = String::new();
    vec![Picture { title, rows }]
}

/// Wrong answers, offered beside the right chunk.
const OTHERS: &[&str] = &[
    "DATA",
    "SACK",
    "INIT",
    "INIT ACK",
    "COOKIE ECHO",
    "COOKIE ACK",
    "SHUTDOWN",
    "SHUTDOWN ACK",
    "SHUTDOWN COMPLETE",
    "ABORT",
    "HEARTBEAT",
];

/// The number of options to choose from.
const CHOICES: usize = 4;

fn predict(
    mut question: Question,
    at: &PacketAt,
    what: Predicted,
    sheet: &Sheet,
    mut rng: Rng,
) -> Result<Question, CutError> {
    let (index, packet) = find(at, &sheet.plain)?;
    let links = links(&sheet.plain);
    let drawn = Drawn {
        times: true,
        links: links.len() > 1,
        fields: &[],
    };
    let before = &sheet.plain[..index];
    let mut shown = rows(before, drawn);
    let from = &packet.from;
    match what {
        Predicted::Chunk => {
            shown.push(format!(
                "{}{from} → {}  ?",
                time(0, true).replace(['0', '.'], " "),
                packet.to
            ));
            question.prompt = format!("{from} sends the next packet. Which chunk is in it?");
            let right = at.chunk.to_string();
            let is_in = |name: &str| packet.chunks.iter().any(|it| it.name == name);
            let mut others: Vec<&str> = OTHERS.iter().copied().filter(|it| !is_in(it)).collect();
            rng.shuffle(&mut others);
            let mut options: Vec<String> = others
                .into_iter()
                .take(CHOICES - 1)
                .map(str::to_owned)
                .chain([right.clone()])
                .collect();
            rng.shuffle(&mut options);
            let place = options.iter().position(|it| *it == right).unwrap_or(0);
            question.choose(options, place);
            // Another chunk of the same packet is right, too.
            question
                .accepted
                .extend(packet.chunks.iter().map(|it| bare(&it.name)));
            if packet.chunks.len() > 1 {
                question
                    .answer
                    .push_str(&format!(" (the packet: {})", packet.names()));
            }
        }
        Predicted::Path => {
            // The label of a retransmission on another path names that path.
            let label = packet.label.replace(&format!(", on {}", packet.link), "");
            shown.push(format!("{from} → {} on ?  {label}", packet.to));
            question.prompt = format!("Which path does {from}'s next packet take?");
            let right = links.iter().position(|it| *it == packet.link).unwrap_or(0);
            question.choose(links, right);
        }
        Predicted::Wait => {
            let mut earlier = before.iter().rev().filter(|line| line.packet().is_some());
            let last = earlier.next().ok_or(CutError::Nothing)?;
            let wait = sheet.plain[index].at.saturating_sub(last.at) as f64 / 1e3;
            shown.push(format!(
                "       ?  {}",
                packet.draw(
                    &packet.label,
                    Drawn {
                        times: false,
                        ..drawn
                    }
                )
            ));
            question.prompt = "How many milliseconds after the packet before does the last packet \
                               leave?"
                .to_owned();
            question.how = "milliseconds".to_owned();
            // Two kernels do not take exactly the same time.
            let within = (wait / 10.0).max(4.0);
            question.number = Some(Number {
                value: wait,
                within,
            });
            question.answer = format!("{wait:.0} ms");
        }
    }
    question.pictures = alone(shown);
    Ok(question)
}

fn fill_in(
    mut question: Question,
    at: &PacketAt,
    (field, shown): (&str, &[String]),
    sheet: &Sheet,
) -> Result<Question, CutError> {
    let (index, packet) = find(at, &sheet.plain)?;
    let chunk = at.chunk.to_string();
    let missing = || CutError::NoField {
        chunk: chunk.clone(),
        field: field.to_owned(),
    };
    let value = packet.field(&chunk, field).ok_or_else(missing)?;
    let drawn = Drawn {
        times: true,
        links: links(&sheet.plain).len() > 1,
        fields: shown,
    };
    let before = &sheet.plain[..index];
    let is_told = |line: &Line| {
        let fields = line.packet().map(|it| it.fields(shown)).unwrap_or_default();
        fields.iter().any(|(_, told)| told == value)
    };
    if BY_CHANCE.contains(&field) && !before.iter().any(is_told) {
        return Err(CutError::Unknowable(field.to_owned()));
    }
    let mut all = rows(before, drawn);
    let others: Vec<String> = shown.iter().filter(|it| *it != field).cloned().collect();
    let row = packet.draw(
        &packet.names(),
        Drawn {
            fields: &others,
            ..drawn
        },
    );
    all.push(format!(
        "{}{row}  {field}=____",
        time(sheet.plain[index].at, true)
    ));
    question.prompt = format!("What is the `{field}` of the {chunk} in the last line?");
    question.how = match value {
        "true" | "false" => "true or false",
        _ => "its value",
    }
    .to_owned();
    question.accepted = vec![bare(value)];
    // For a bit, 1 and 0 are as common as true and false.
    match value {
        "true" => question.accepted.push("1".to_owned()),
        "false" => question.accepted.push("0".to_owned()),
        _ => {}
    }
    question.answer = value.to_owned();
    question.pictures = alone(all);
    Ok(question)
}

fn order(
    mut question: Question,
    first: &PacketAt,
    packets: u64,
    sheet: &Sheet,
    mut rng: Rng,
) -> Result<Question, CutError> {
    let (index, _) = find(first, &sheet.plain)?;
    let wanted = usize::try_from(packets).unwrap_or(usize::MAX);
    let from = sheet.plain[index..].iter().filter_map(Line::packet);
    let right: Vec<String> = from
        .take(wanted)
        // Without fields: numbers that count up would tell the order.
        .map(|it| it.draw(&it.names(), Drawn::default()))
        .collect();
    if right.len() < wanted {
        return Err(CutError::TooFew(right.len()));
    }
    let mut options = right.clone();
    while options == right {
        rng.shuffle(&mut options);
        if right.iter().all(|it| *it == right[0]) {
            return Err(CutError::NoOrder);
        }
    }
    question.prompt = "These packets follow each other, but not in this order. In which order \
                       do they come?"
        .to_owned();
    question.how = "the letters in order, as in `b a c`".to_owned();
    question.accepted = orders(&right, &options);
    let spaced = question.accepted.first().map(|it| {
        let letters: Vec<String> = it.chars().map(String::from).collect();
        letters.join(" ")
    });
    question.answer = spaced.unwrap_or_default();
    question.pictures = alone(rows(
        &sheet.plain[..index],
        Drawn {
            times: false,
            ..Drawn::default()
        },
    ));
    question.options = options;
    Ok(question)
}

/// All right orders of the options, as letters: rows that look alike may change places.
fn orders(right: &[String], options: &[String]) -> Vec<String> {
    let mut found = vec![String::new()];
    for row in right {
        let mut longer = Vec::new();
        for begun in &found {
            for (index, option) in options.iter().enumerate() {
                let letter = letter(index);
                if option == row && !begun.contains(letter) {
                    longer.push(format!("{begun}{letter}"));
                }
            }
        }
        found = longer;
    }
    found
}

/// The number of lines of a ladder that are shown before the first different line.
const BEFORE: usize = 12;
/// The number of lines that are shown from the first different line on.
const BEHIND: usize = 10;

fn find_the_fault(
    mut question: Question,
    sabotage: usize,
    what: Fault,
    sheet: &Sheet,
    mut rng: Rng,
) -> Result<Question, CutError> {
    let missing = CutError::NotSabotaged(sabotage);
    let wrong = sheet.sabotaged.get(&sabotage).ok_or(missing)?;
    // Without steps: the steps would tell the fault.
    let seen = |lines: &[Line]| -> Vec<Line> {
        let lines = lines
            .iter()
            .filter(|line| !matches!(line.what, What::Step(_)));
        lines.cloned().collect()
    };
    let (good, wrong) = (seen(&sheet.plain), seen(wrong));
    let drawn = Drawn {
        times: false,
        links: links(&good).len() > 1,
        fields: &[],
    };
    let alike = |(one, other): &(&Line, &Line)| one.draw(drawn) == other.draw(drawn);
    let first = good.iter().zip(&wrong).take_while(alike).count();
    if first >= wrong.len() && (what == Fault::Line || first >= good.len()) {
        return Err(CutError::Alike(sabotage));
    }
    let from = first.saturating_sub(BEFORE);
    let part = |lines: &[Line]| -> Vec<String> {
        let until = lines.len().min(first + BEHIND);
        let drawn = Drawn {
            times: true,
            ..drawn
        };
        rows(lines.get(from..until).unwrap_or_default(), drawn)
    };
    let (good, wrong) = (part(&good), part(&wrong));
    match what {
        Fault::Which => {
            let is_first = rng.bool();
            let (one, other) = if is_first {
                (wrong, good)
            } else {
                (good, wrong)
            };
            question.prompt = "One of these two runs is as the lesson tells it, the other one is \
                               not. Which one is not?"
                .to_owned();
            let options = vec![
                "the first ladder".to_owned(),
                "the second ladder".to_owned(),
            ];
            question.choose(options, usize::from(!is_first));
            question.pictures = vec![
                titled("the first ladder", one),
                titled("the second ladder", other),
            ];
        }
        Fault::Line => {
            let place = first - from;
            question.prompt = "The run above went as it should, the one below did not. Which \
                               line of the one below is the first that differs? (Times do not \
                               count.)"
                .to_owned();
            question.how = "the number of the line".to_owned();
            question.accepted = vec![(place + 1).to_string()];
            question.answer = match wrong.get(place) {
                Some(row) => format!("{}: {}", place + 1, row.trim()),
                None => (place + 1).to_string(),
            };
            let numbered = wrong.into_iter().enumerate();
            let numbered = numbered.map(|(index, row)| format!("{:>3} {row}", index + 1));
            question.pictures = vec![
                titled("as it should go", good),
                titled("as it went", numbered.collect()),
            ];
        }
    }
    Ok(question)
}

fn titled(title: &str, rows: Vec<String>) -> Picture {
    Picture {
        title: title.to_owned(),
        rows,
    }
}

#[cfg(test)]
mod tests;
