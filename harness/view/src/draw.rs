//! Draws the model in a terminal of any size.

mod lines;

#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Clear, Paragraph};
use report::{Clock, Gutter, Hosts};
use terminal::{cut, escape};

use crate::keys::HELP;
use crate::model::{Model, Over, Pane, Purpose};
use crate::store::Lines;

/// The data that are drawn, besides those of the model.
pub(crate) struct Scene<'s, L> {
    pub(crate) title: &'s str,
    pub(crate) lines: &'s L,
    pub(crate) hosts: &'s Hosts,
    pub(crate) gutter: Gutter,
    /// The fields of the selected packet, escaped.
    pub(crate) fields: &'s [String],
    pub(crate) is_whole: bool,
    pub(crate) has_color: bool,
    /// The damage of the capture.
    pub(crate) remark: Option<&'s str>,
}

/// A terminal with fewer rows has one pane, and Tab switches to the other.
const LOW: u16 = 16;

/// A terminal with more columns has the panes side by side.
const WIDE: u16 = 160;

impl<L: Lines> Scene<'_, L> {
    /// Draws the scene. Returns the number of lines that fit.
    pub(crate) fn draw(&self, model: &mut Model, frame: &mut Frame<'_>) -> usize {
        let [head, middle, foot] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Min(1),
            Constraint::Length(1),
        ])
        .areas(frame.area());
        frame.render_widget(self.head(model, head.width), head);
        let page = self.panes(model, frame, middle);
        frame.render_widget(self.foot(model, foot.width), foot);
        match model.over {
            Over::Help => help(frame, middle),
            Over::Findings => findings(model, frame, middle),
            Over::Nothing | Over::Typing(..) => {}
        }
        page
    }

    fn panes(&self, model: &mut Model, frame: &mut Frame<'_>, area: Rect) -> usize {
        if area.height < LOW {
            return match model.pane {
                Pane::Lines => self.lines(model, frame, area),
                Pane::Fields => {
                    self.fields(model, frame, area);
                    area.height.into()
                }
            };
        }
        let [lines, fields] = match area.width >= WIDE {
            true => {
                Layout::horizontal([Constraint::Percentage(60), Constraint::Fill(1)]).areas(area)
            }
            false => {
                Layout::vertical([Constraint::Percentage(60), Constraint::Fill(1)]).areas(area)
            }
        };
        let page = self.lines(model, frame, lines);
        let borders = match area.width >= WIDE {
            true => Borders::LEFT,
            false => Borders::TOP,
        };
        let block = Block::new()
            .borders(borders)
            .border_style(match model.pane {
                Pane::Fields => Style::new().add_modifier(Modifier::BOLD),
                Pane::Lines => Style::new().add_modifier(Modifier::DIM),
            });
        let inner = block.inner(fields);
        frame.render_widget(block, fields);
        self.fields(model, frame, inner);
        page
    }

    fn gutter(&self, model: &Model) -> Gutter {
        let mut gutter = self.gutter;
        if !model.is_time_of_day {
            gutter.clock = Clock::FromStart;
        }
        gutter
    }

    /// Draws the lines. Returns the greatest number that fits.
    fn lines(&self, model: &mut Model, frame: &mut Frame<'_>, area: Rect) -> usize {
        let drawn = lines::Drawn {
            hosts: self.hosts,
            gutter: self.gutter(model),
            width: area.width,
            has_color: self.has_color,
        };
        let header = drawn.header();
        let height = usize::from(area.height).saturating_sub(header.iter().len());
        model.scroll(height);
        let places = model.top..model.shown().min(model.top + height);
        let entries: Vec<_> = places
            .filter_map(|place| self.lines.line(model.line_at(place)?))
            .collect();
        let mut rows: Vec<Line<'_>> = header.into_iter().collect();
        let first = rows.len();
        rows.extend(drawn.rows(&entries));
        if let Some(row) = rows.get_mut(first + model.selected.saturating_sub(model.top)) {
            row.style = Style::new().add_modifier(Modifier::REVERSED);
        }
        frame.render_widget(Paragraph::new(rows), area);
        height
    }

    fn fields(&self, model: &mut Model, frame: &mut Frame<'_>, area: Rect) {
        let last = self.fields.len().saturating_sub(usize::from(area.height));
        model.field = model.field.min(last);
        let rows: Vec<Line<'_>> = self
            .fields
            .iter()
            .skip(model.field)
            .take(area.height.into())
            .map(|it| Line::raw(cut(it, area.width.into())))
            .collect();
        frame.render_widget(Paragraph::new(rows), area);
    }

    /// The name of the capture, the number of the selected packet and of all packets, and
    /// the filter.
    fn head(&self, model: &Model, width: u16) -> Line<'static> {
        let place = match model.shown() {
            0 => "no packet".to_owned(),
            shown => format!("{}/{shown}", model.selected + 1),
        };
        let mut words = vec![place];
        if !self.is_whole {
            words.push("reading".to_owned());
        }
        if !model.filter_text.is_empty() {
            words.push(format!("filter: {}", escape(&model.filter_text)));
        }
        if !model.findings.is_empty() {
            words.push(report::count(model.findings.len() as u64, "finding"));
        }
        let words = words.join(", ");
        let room = usize::from(width).saturating_sub(terminal::columns(&words) + 2);
        let name = match room {
            0..8 => String::new(),
            room => format!("{}  ", cut(&escape(self.title), room)),
        };
        Line::from(Span::styled(
            cut(&format!("{name}{words}"), width.into()),
            Style::new().add_modifier(Modifier::BOLD),
        ))
    }

    /// The typed text, a message, or the most important keys.
    fn foot(&self, model: &Model, width: u16) -> Line<'static> {
        const KEYS: &str = "? keys  / search  f filter  d findings  Tab fields  q quit";
        let width = usize::from(width);
        if let Over::Typing(purpose, text) = &model.over {
            let prompt = match purpose {
                Purpose::Search => "/",
                Purpose::Filter => "filter: ",
            };
            let text = format!("{prompt}{}▏", escape(text));
            // The end of the text is where the user types.
            let over = terminal::columns(&text).saturating_sub(width);
            return Line::raw(text.chars().skip(over).collect::<String>());
        }
        let said = model.message.as_deref().or(self.remark);
        match said {
            Some(said) => Line::raw(cut(&escape(said), width)),
            None => Line::styled(cut(KEYS, width), Style::new().add_modifier(Modifier::DIM)),
        }
    }
}

fn help(frame: &mut Frame<'_>, area: Rect) {
    let width = area.width.saturating_sub(2);
    let rows = HELP
        .iter()
        .map(|(keys, what)| Line::raw(cut(&format!("{keys:<14}{what}"), width.into())));
    over("keys", rows.collect(), frame, area);
}

fn findings(model: &Model, frame: &mut Frame<'_>, area: Rect) {
    let width = usize::from(area.width.saturating_sub(2));
    let height = usize::from(area.height.saturating_sub(2)).max(1);
    // The selected finding has a second row with its remedy.
    let top = (model.finding + 2).saturating_sub(height);
    let mut rows = Vec::new();
    for (number, finding) in model.findings.iter().enumerate().skip(top) {
        let text = format!("{} {}", number + 1, finding.words);
        let row = Line::raw(cut(&escape(&text), width));
        if number != model.finding {
            rows.push(row);
            continue;
        }
        rows.push(row.style(Style::new().add_modifier(Modifier::REVERSED)));
        let text = format!("  try: {}", finding.remedy);
        rows.push(Line::raw(cut(&escape(&text), width)));
    }
    rows.truncate(height);
    over("what was found", rows, frame, area);
}

/// A box over the lines.
fn over(title: &str, rows: Vec<Line<'_>>, frame: &mut Frame<'_>, area: Rect) {
    let height = (rows.len() as u16).saturating_add(2).min(area.height);
    let area = Rect { height, ..area };
    frame.render_widget(Clear, area);
    let block = Block::bordered().title(title.to_owned());
    frame.render_widget(Paragraph::new(rows).block(block), area);
}
