//! The cells of a sweep.

use std::collections::BTreeMap;

use scenario::{Diagnostic, Parameter, Template, UnknownParameter};
use sha2::{Digest, Sha256};

/// What the kernel is called among a cell's values, where there are several kernels.
pub const KERNEL: &str = "kernel";

/// All combinations of the values of a scenario's parameters, on each of some kernels.
#[derive(Clone, Debug)]
pub struct Grid {
    name: String,
    template: Template,
    parameters: Vec<Parameter>,
    /// What they are called; empty where there is one, which need not be told from others.
    kernels: Vec<String>,
}

/// One combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its place in the grid, from 0: the last parameter changes fastest, the kernel
    /// slowest.
    pub index: u64,
    /// What it is: the same for the same scenario with the same values, in any sweep
    /// on any machine; where there are several kernels, on the kernel of that name.
    pub id: String,
    /// Which of the kernels it is for, from 0.
    pub kernel: usize,
    /// The value of each parameter; where there are several kernels, the kernel's name
    /// as [`KERNEL`].
    pub values: BTreeMap<String, String>,
    /// The scenario's text with these values, which needs no parameters any more.
    pub source: String,
}

impl Grid {
    /// The grid of a scenario with that name and text, and these parameters.
    ///
    /// # Errors
    /// Where the text is no YAML.
    pub fn new(
        name: &str,
        source: &str,
        parameters: Vec<Parameter>,
    ) -> Result<Self, Vec<Diagnostic>> {
        Ok(Self {
            name: name.to_owned(),
            template: Template::of(source)?,
            parameters,
            kernels: Vec::new(),
        })
    }

    /// The same on several kernels, by what they are called.
    #[must_use]
    pub fn on(self, kernels: Vec<String>) -> Self {
        Self { kernels, ..self }
    }

    /// The scenario's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The parameters, in the order of the scenario.
    #[must_use]
    pub fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    /// How many cells there are; `None` where no number is large enough.
    #[must_use]
    pub fn cells(&self) -> Option<u64> {
        let kernels = self.kernels.len().max(1) as u64;
        self.on_one_kernel()?.checked_mul(kernels)
    }

    fn on_one_kernel(&self) -> Option<u64> {
        let sizes = self.parameters.iter().map(|it| it.values.len() as u64);
        sizes.into_iter().try_fold(1, u64::checked_mul)
    }

    /// The cell at a place.
    ///
    /// # Errors
    /// Where the text has not all of the parameters.
    pub fn cell(&self, index: u64) -> Result<Cell, UnknownParameter> {
        let each = self.on_one_kernel().unwrap_or(u64::MAX).max(1);
        let kernel = usize::try_from(index / each).unwrap_or_default();
        let mut values = self.values_at(index % each);
        let source = self.template.with(&values)?;
        let name = self.kernels.get(kernel);
        let mut parts = vec![self.name.as_str(), &source];
        parts.extend(name.map(String::as_str));
        let id = identity(&parts);
        values.extend(name.map(|name| (KERNEL.to_owned(), name.clone())));
        Ok(Cell {
            index,
            id,
            kernel,
            values,
            source,
        })
    }

    fn values_at(&self, index: u64) -> BTreeMap<String, String> {
        let mut rest = index;
        let mut values = BTreeMap::new();
        for parameter in self.parameters.iter().rev() {
            let size = (parameter.values.len() as u64).max(1);
            let place = usize::try_from(rest % size).unwrap_or_default();
            rest /= size;
            let value = parameter.values.get(place).cloned().unwrap_or_default();
            values.insert(parameter.name.clone(), value);
        }
        values
    }
}

/// A name for what has these parts.
pub(crate) fn identity(parts: &[&str]) -> String {
    let mut sha = Sha256::new();
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            sha.update([0]);
        }
        sha.update(part);
    }
    let digest: [u8; 32] = sha.finalize().into();
    digest[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        let parameter = |name: &str, values: &[&str]| Parameter {
            name: name.into(),
            values: values.iter().map(|it| (*it).to_owned()).collect(),
        };
        let source = "parameters: {a: [1, 2], b: [x, y, z]}\nsteps: [$a, $b]\n";
        let parameters = vec![
            parameter("a", &["1", "2"]),
            parameter("b", &["x", "y", "z"]),
        ];
        Grid::new("it", source, parameters).unwrap()
    }

    #[test]
    fn the_last_parameter_changes_fastest() {
        let grid = grid();
        assert_eq!(grid.cells(), Some(6));
        let steps: Vec<String> = (0..6)
            .map(|index| grid.cell(index).unwrap().source)
            .map(|source| source.lines().last().unwrap().to_owned())
            .collect();
        let wanted = ["1, x", "1, y", "1, z", "2, x", "2, y", "2, z"];
        assert_eq!(steps, wanted.map(|it| format!("steps: [{it}]")));
    }

    #[test]
    fn the_kernel_changes_slowest_and_is_part_of_the_cell() {
        let alone = grid();
        let both = grid().on(vec!["6.1".to_owned(), "7.3".to_owned()]);
        assert_eq!(both.cells(), Some(12));
        let cells: Vec<Cell> = (0..12).map(|index| both.cell(index).unwrap()).collect();
        for (index, cell) in (0..).zip(&cells) {
            let same = alone.cell(index % 6).unwrap();
            assert_eq!(cell.source, same.source);
            assert_ne!(cell.id, same.id);
            assert_eq!(cell.kernel as u64, index / 6);
            assert_eq!(cell.values[KERNEL], ["6.1", "7.3"][cell.kernel]);
            assert_eq!(cell.values["b"], same.values["b"]);
            assert_eq!(same.values.get(KERNEL), None);
        }
        let ids: std::collections::BTreeSet<&String> = cells.iter().map(|it| &it.id).collect();
        assert_eq!(ids.len(), 12);
    }

    #[test]
    fn a_cell_is_what_it_holds() {
        let ids: std::collections::BTreeSet<String> =
            (0..6).map(|index| grid().cell(index).unwrap().id).collect();
        assert_eq!(ids.len(), 6);
        assert_eq!(grid().cell(3).unwrap().id, grid().cell(3).unwrap().id);
    }
}
