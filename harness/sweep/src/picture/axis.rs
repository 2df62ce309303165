//! The horizontal axis of a picture.

use crate::grid::KERNEL;
use crate::summary::Summary;

/// A parameter as an axis of the pictures.
pub(super) struct Axis {
    pub(super) name: String,
    /// The parameter's values, in the order of the grid.
    pub(super) values: Vec<String>,
}

impl Axis {
    /// The axis of a summary: the parameter with most values, but the kernel only if nothing
    /// else varies. `None` if there is no point or no parameter.
    pub(super) fn of(summary: &Summary) -> Option<Self> {
        let varied = summary.varied();
        let first = summary.points.first()?.parameters.keys().next();
        let mut names: Vec<&str> = match varied.is_empty() {
            true => first.map(String::as_str).into_iter().collect(),
            false => varied,
        };
        // Each kernel gets a line of its own, so that lines can be compared.
        if names.len() > 1 {
            names.retain(|name| *name != KERNEL);
        }
        let axes = names.iter().map(|name| Self::along(summary, name));
        // Of two parameters with as many values, the first by name.
        axes.rev().max_by_key(|axis| axis.values.len())
    }

    /// The axis of a parameter.
    pub(super) fn along(summary: &Summary, name: &str) -> Self {
        let mut values: Vec<String> = Vec::new();
        for point in &summary.points {
            if let Some(value) = point.parameters.get(name)
                && !values.contains(value)
            {
                values.push(value.clone());
            }
        }
        Self {
            name: name.to_owned(),
            values,
        }
    }

    /// The position of a value on the axis, from 0 to 1.
    pub(super) fn place(&self, value: &str) -> f64 {
        let index = self.values.iter().position(|it| it == value);
        let last = self.values.len().saturating_sub(1).max(1);
        index.unwrap_or(0) as f64 / last as f64
    }
}
