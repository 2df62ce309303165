//! The cells of a sweep.

use std::collections::BTreeMap;

use scenario::{Diagnostic, Parameter, Template, UnknownParameter};
use sha2::{Digest, Sha256};

/// All combinations of the values of a scenario's parameters.
#[derive(Clone, Debug)]
pub struct Grid {
    name: String,
    template: Template,
    parameters: Vec<Parameter>,
}

/// One combination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its place in the grid, from 0: the last parameter changes fastest.
    pub index: u64,
    /// What it is: the same for the same scenario with the same values, in any sweep
    /// on any machine.
    pub id: String,
    /// The value of each parameter.
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
        })
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
        let sizes = self.parameters.iter().map(|it| it.values.len() as u64);
        sizes.into_iter().try_fold(1, u64::checked_mul)
    }

    /// The cell at a place.
    ///
    /// # Errors
    /// Where the text has not all of the parameters.
    pub fn cell(&self, index: u64) -> Result<Cell, UnknownParameter> {
        let values = self.values_at(index);
        let source = self.template.with(&values)?;
        Ok(Cell {
            index,
            id: identity(&self.name, &source),
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

fn identity(name: &str, source: &str) -> String {
    let mut sha = Sha256::new();
    sha.update(name);
    sha.update([0]);
    sha.update(source);
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
    fn a_cell_is_what_it_holds() {
        let ids: std::collections::BTreeSet<String> =
            (0..6).map(|index| grid().cell(index).unwrap().id).collect();
        assert_eq!(ids.len(), 6);
        assert_eq!(grid().cell(3).unwrap().id, grid().cell(3).unwrap().id);
    }
}
