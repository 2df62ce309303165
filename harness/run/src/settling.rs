//! Sets the scenario's parameters to values that programs print during the run.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use scenario::Scenario;

/// Builds a scenario, and its text, with these values of parameters, by parameter name.
pub type Settle<'a> = &'a dyn Fn(&BTreeMap<String, String>) -> Result<(Scenario, String), String>;

/// The scenarios that a run goes through, each with the parameter values known at its step.
pub(crate) struct Settling<'a> {
    settle: Settle<'a>,
    /// One place for each step.
    places: &'a [OnceCell<Scenario>],
    values: BTreeMap<String, String>,
    source: RefCell<String>,
}

impl<'a> Settling<'a> {
    /// Starts with no value known.
    pub(crate) fn new(settle: Settle<'a>, places: &'a [OnceCell<Scenario>], source: &str) -> Self {
        Self {
            settle,
            places,
            values: BTreeMap::new(),
            source: RefCell::new(source.to_owned()),
        }
    }

    /// The scenario with the values that this step, by index, and all steps before have
    /// brought.
    pub(crate) fn settle(
        &mut self,
        step: usize,
        values: &BTreeMap<String, String>,
    ) -> Result<&'a Scenario, String> {
        self.values.extend(values.clone());
        let (scenario, source) = (self.settle)(&self.values).map_err(|why| {
            let said = values
                .iter()
                .map(|(name, value)| format!("{name} is `{value}`"));
            let said: Vec<String> = said.collect();
            format!("the program printed that {}: {why}", said.join(" and "))
        })?;
        let place = self.places.get(step).ok_or("there is no such step")?;
        self.source.replace(source);
        Ok(place.get_or_init(|| scenario))
    }

    /// The scenario's text, with all values known so far.
    pub(crate) fn source(&self) -> String {
        self.source.borrow().clone()
    }
}
