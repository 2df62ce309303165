//! Sets the scenario's parameters to values that programs print during the run.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;

use scenario::Scenario;

/// What makes a scenario, and its text, with these values of parameters.
pub type Settle<'a> = &'a dyn Fn(&BTreeMap<String, String>) -> Result<(Scenario, String), String>;

/// The scenarios that the steps of a run leave behind, each with what was known then.
pub(crate) struct Settling<'a> {
    settle: Settle<'a>,
    /// One place a step.
    places: &'a [OnceCell<Scenario>],
    values: BTreeMap<String, String>,
    source: RefCell<String>,
}

impl<'a> Settling<'a> {
    /// Nothing is known yet.
    pub(crate) fn new(settle: Settle<'a>, places: &'a [OnceCell<Scenario>], source: &str) -> Self {
        Self {
            settle,
            places,
            values: BTreeMap::new(),
            source: RefCell::new(source.to_owned()),
        }
    }

    /// The scenario with what the step of that number has brought, and all before.
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
            format!("it said that {}, and with that {why}", said.join(" and "))
        })?;
        let place = self.places.get(step).ok_or("there is no such step")?;
        self.source.replace(source);
        Ok(place.get_or_init(|| scenario))
    }

    /// The scenario's text, with all that is known.
    pub(crate) fn source(&self) -> String {
        self.source.borrow().clone()
    }
}
