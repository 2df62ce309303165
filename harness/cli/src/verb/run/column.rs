//! The columns of a run: its scenarios on each kernel and stack of the command line.

use super::task::{Task, task};
use crate::args::Run;
use crate::exit::Exit;
use crate::kernels;
use crate::library::Loaded;
use crate::site;

/// The scenarios on one kernel, with one stack.
pub(super) struct Column {
    /// The command as if it named this kernel and this stack alone.
    pub(super) args: Run,
    pub(super) tasks: Vec<Task>,
    /// The label that distinguishes the column from the others; `None` for the only column.
    pub(super) label: Option<String>,
}

/// A column for each kernel and stack that the command names; one column if it names none.
pub(super) fn each(args: &Run, loaded: &[Loaded]) -> Result<Vec<Column>, Exit> {
    let labels = kernels::labels(&args.site.kernel);
    let places = site::of_each_kernel(&args.site);
    let stacks = args.stacks.each();
    let on_each = places.into_iter().enumerate().flat_map(|it| {
        let each = stacks
            .iter()
            .map(move |stacks| (it.clone(), stacks.clone()));
        each.collect::<Vec<_>>()
    });
    let columns = on_each.map(|((index, site), of_stack)| {
        let kernel = labels.get(index).filter(|_| labels.len() > 1).cloned();
        let stack = of_stack.label().filter(|_| stacks.len() > 1);
        let label = match (kernel, stack) {
            (Some(kernel), Some(stack)) => Some(format!("{stack}-{kernel}")),
            (kernel, stack) => kernel.or(stack),
        };
        let out = match &label {
            Some(label) => args.out.join(label),
            None => args.out.clone(),
        };
        let args = Run {
            site,
            stacks: of_stack,
            out,
            ..args.clone()
        };
        let tasks: Result<_, _> = loaded
            .iter()
            .map(|it| task(it, &args, label.is_some()))
            .collect();
        Ok(Column {
            tasks: tasks?,
            args,
            label,
        })
    });
    columns.collect()
}

/// A table of cells behind an empty line. Each column is as wide as its widest cell.
/// Characters that are unsafe in a terminal are escaped.
pub(super) fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|it| it.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut out = String::from("\n");
    for line in lines {
        let cells = line.iter().zip(&widths);
        let padded: Vec<String> = cells.map(|(it, width)| format!("{it:width$}")).collect();
        out.push_str(&terminal::escape(padded.join("  ").trim_end()));
        out.push('\n');
    }
    out
}
