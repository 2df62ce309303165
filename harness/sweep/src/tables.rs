//! Writes all rows as tables for other programs: CSV and Parquet.
//!
//! Both forms have one column for each parameter, as text, and one for each number, as a
//! 64-bit float that is absent where the run has no such number:
//!
//! | column | type |
//! |---|---|
//! | `cell`, `scenario`, `engine`, `kernel`, `outcome`, `why` | text |
//! | `index` | whole number |
//! | `protocol-time` | float; seconds |
//! | `parameter.NAME` | text; `parameter.kernel` is the kernel's label, if there are several |
//! | the name of each number | float; times in seconds |

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;

use crate::error::StoreError;
use crate::row::Row;

/// The number of rows in a row group of Parquet. Only one group is in memory at a time.
const GROUP: usize = 4_096;

/// A column: its name, and the value that a row has in it.
struct Column {
    name: String,
    value: Value,
}

type Text = Box<dyn Fn(&Row) -> Option<String>>;
type Float = Box<dyn Fn(&Row) -> Option<f64>>;

enum Value {
    Text(Text),
    Whole(fn(&Row) -> i64),
    Float(Float),
}

/// Why a table cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum TableError {
    /// A row cannot be read.
    #[error(transparent)]
    Row(#[from] StoreError),
    /// The error of the writer.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The error of the CSV writer.
    #[error(transparent)]
    Csv(#[from] csv::Error),
    /// The error of the Parquet writer.
    #[error(transparent)]
    Parquet(#[from] ParquetError),
}

/// The names of all parameters and numbers of some rows. A table needs them before its
/// first line: every line has the same columns.
#[derive(Debug, Default)]
pub struct Names {
    parameters: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

impl Names {
    /// Takes the names of a row.
    pub fn learn(&mut self, row: &Row) {
        let learn = |known: &mut BTreeSet<String>, name: &String| {
            if !known.contains(name) {
                known.insert(name.clone());
            }
        };
        row.parameters
            .keys()
            .for_each(|name| learn(&mut self.parameters, name));
        row.numbers
            .keys()
            .for_each(|name| learn(&mut self.numbers, name));
    }
}

fn columns(names: &Names) -> Vec<Column> {
    let text = |name: &str, get: fn(&Row) -> Option<String>| Column {
        name: name.to_owned(),
        value: Value::Text(Box::new(get)),
    };
    let mut columns = vec![
        text("cell", |row| Some(row.cell.clone())),
        Column {
            name: "index".to_owned(),
            value: Value::Whole(|row| i64::try_from(row.index).unwrap_or(i64::MAX)),
        },
        text("scenario", |row| Some(row.scenario.clone())),
        text("engine", |row| row.engine.map(|engine| engine.to_string())),
        text("kernel", |row| row.kernel.clone()),
        text("outcome", |row| Some(row.outcome.word().to_owned())),
        text("why", |row| row.why.clone()),
        Column {
            name: "protocol-time".to_owned(),
            value: Value::Float(Box::new(|row| row.protocol_time)),
        },
    ];
    for name in &names.parameters {
        let own = name.clone();
        columns.push(Column {
            name: format!("parameter.{name}"),
            value: Value::Text(Box::new(move |row| row.parameters.get(&own).cloned())),
        });
    }
    for name in &names.numbers {
        let own = name.clone();
        columns.push(Column {
            name: name.clone(),
            value: Value::Float(Box::new(move |row| row.numbers.get(&own).copied())),
        });
    }
    columns
}

/// Writes the rows as CSV (RFC 4180) with one line of names.
///
/// # Errors
/// A row cannot be read, or the table cannot be written.
pub fn csv(
    names: &Names,
    rows: impl Iterator<Item = Result<Row, StoreError>>,
    out: impl Write,
) -> Result<(), TableError> {
    let columns = columns(names);
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(columns.iter().map(|column| &column.name))?;
    for row in rows {
        let row = row?;
        let cells = columns.iter().map(|column| match &column.value {
            Value::Text(get) => get(&row).unwrap_or_default(),
            Value::Whole(get) => get(&row).to_string(),
            Value::Float(get) => get(&row).map_or_else(String::new, |number| number.to_string()),
        });
        writer.write_record(cells)?;
    }
    Ok(writer.flush()?)
}

/// Writes the rows as Parquet.
///
/// # Errors
/// A row cannot be read, or the table cannot be written.
pub fn parquet(
    names: &Names,
    mut rows: impl Iterator<Item = Result<Row, StoreError>>,
    out: impl Write + Send,
) -> Result<(), TableError> {
    let columns = columns(names);
    let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("row")
        .with_fields(fields)
        .build()?;
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("sctp-lab".to_owned())
        .build();
    let mut writer = SerializedFileWriter::new(out, Arc::new(schema), Arc::new(properties))?;
    loop {
        let some: Vec<Row> = rows.by_ref().take(GROUP).collect::<Result<_, _>>()?;
        if some.is_empty() {
            break;
        }
        let mut group = writer.next_row_group()?;
        for column in &columns {
            write_column(&mut group, column, &some)?;
        }
        group.close()?;
    }
    writer.close()?;
    Ok(())
}

fn field(column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, converted, repetition) = match column.value {
        Value::Text(_) => (
            Physical::BYTE_ARRAY,
            ConvertedType::UTF8,
            Repetition::OPTIONAL,
        ),
        Value::Whole(_) => (Physical::INT64, ConvertedType::NONE, Repetition::REQUIRED),
        Value::Float(_) => (Physical::DOUBLE, ConvertedType::NONE, Repetition::OPTIONAL),
    };
    let builder = Type::primitive_type_builder(&column.name, physical);
    let builder = builder.with_converted_type(converted);
    builder.with_repetition(repetition).build().map(Arc::new)
}

fn write_column(
    group: &mut SerializedRowGroupWriter<'_, impl Write + Send>,
    column: &Column,
    rows: &[Row],
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General("a column too many".to_owned()));
    };
    match &column.value {
        Value::Text(get) => {
            let (levels, values) = optional(rows, |row| get(row).map(|it| ByteArray::from(&*it)));
            let typed = writer.typed::<ByteArrayType>();
            typed.write_batch(&values, Some(&levels), None)?;
        }
        Value::Whole(get) => {
            let values: Vec<i64> = rows.iter().map(get).collect();
            writer
                .typed::<Int64Type>()
                .write_batch(&values, None, None)?;
        }
        Value::Float(get) => {
            let (levels, values) = optional(rows, get);
            let typed = writer.typed::<DoubleType>();
            typed.write_batch(&values, Some(&levels), None)?;
        }
    }
    writer.close()
}

/// The definition level of each row, which is 1 where the row has a value, and the values.
fn optional<T>(rows: &[Row], get: impl Fn(&Row) -> Option<T>) -> (Vec<i16>, Vec<T>) {
    let values: Vec<Option<T>> = rows.iter().map(get).collect();
    let levels = values.iter().map(|value| i16::from(value.is_some()));
    (levels.collect(), values.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use bytes::Bytes;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    use super::*;
    use crate::row::Outcome;

    fn rows() -> Vec<Row> {
        let row = |index, numbers: &[(&str, f64)]| Row {
            cell: format!("{index:016x}"),
            index,
            scenario: "it".into(),
            parameters: BTreeMap::from([("loss".to_owned(), format!("{index}%"))]),
            engine: None,
            kernel: None,
            outcome: Outcome::Passed,
            why: (index == 1).then(|| "it said \"no\", twice".to_owned()),
            protocol_time: Some(1.5),
            numbers: numbers
                .iter()
                .map(|(name, it)| ((*name).to_owned(), *it))
                .collect(),
        };
        vec![
            row(0, &[("gap", 0.25)]),
            row(1, &[("gap", 3.0), ("late", 4.0)]),
        ]
    }

    fn names() -> Names {
        let mut names = Names::default();
        rows().iter().for_each(|row| names.learn(row));
        names
    }

    #[test]
    fn csv_has_all_columns_and_leaves_open_what_is_not_known() {
        let mut out = Vec::new();
        csv(&names(), rows().into_iter().map(Ok), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text,
            "cell,index,scenario,engine,kernel,outcome,why,protocol-time,parameter.loss,gap,late\n\
             0000000000000000,0,it,,,passed,,1.5,0%,0.25,\n\
             0000000000000001,1,it,,,passed,\"it said \"\"no\"\", twice\",1.5,1%,3,4\n"
        );
    }

    #[test]
    fn parquet_is_read_back() {
        let mut out = Vec::new();
        parquet(&names(), rows().into_iter().map(Ok), &mut out).unwrap();
        let reader = SerializedFileReader::new(Bytes::from(out)).unwrap();
        let read: Vec<_> = reader
            .get_row_iter(None)
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(read.len(), 2);
        assert_eq!(read[1].get_string(8).unwrap(), "1%");
        assert!((read[1].get_double(10).unwrap() - 4.0).abs() < f64::EPSILON);
        assert!(read[0].get_double(10).is_err());
    }
}
