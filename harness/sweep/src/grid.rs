//! The grid of a sweep: a cell for each combination of values, on each kernel.

use std::collections::BTreeMap;

use scenario::{Diagnostic, Parameter, Template, UnknownParameter};
use sha2::{Digest, Sha256};

/// The name of the kernel among a cell's values, where a sweep has several kernels.
pub const KERNEL: &str = "kernel";

/// All combinations of the values of a scenario's parameters, on each kernel of the sweep.
#[derive(Clone, Debug)]
pub struct Grid {
    name: String,
    template: Template,
    parameters: Vec<Parameter>,
    /// The names of the kernels; empty where there is only one.
    kernels: Vec<String>,
}

/// One combination of values, on one kernel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The index of the cell in the grid, from 0: the last parameter changes fastest, the
    /// kernel slowest.
    pub index: u64,
    /// The identity of the cell: 16 hexadecimal digits over the scenario's name and text
    /// with these values, and the kernel's name where there are several kernels. The same
    /// cell has the same identity in any sweep on any machine.
    pub id: String,
    /// The index of the cell's kernel, from 0.
    pub kernel: usize,
    /// The value of each parameter, and where there are several kernels, the kernel's name
    /// under [`KERNEL`].
    pub values: BTreeMap<String, String>,
    /// The scenario's text with these values in the place of its parameters.
    pub source: String,
}

impl Grid {
    /// The grid of a scenario with this name, text and parameters.
    ///
    /// # Errors
    /// The text is no YAML.
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

    /// The same grid on several kernels, by their names.
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

    /// The number of cells; `None` where it exceeds a `u64`.
    #[must_use]
    pub fn cells(&self) -> Option<u64> {
        let kernels = self.kernels.len().max(1) as u64;
        self.on_one_kernel()?.checked_mul(kernels)
    }

    fn on_one_kernel(&self) -> Option<u64> {
        let sizes = self.parameters.iter().map(|it| it.values.len() as u64);
        sizes.into_iter().try_fold(1, u64::checked_mul)
    }

    /// The cell at an index.
    ///
    /// # Errors
    /// The text lacks a parameter.
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

/// The identity of these parts: the first 8 bytes, in hexadecimal, of the SHA-256 of the
/// parts with a zero byte between them.
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
