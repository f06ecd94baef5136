"""How Rust pages spell types: `Option` around a field that may be absent, or null where it has to be there."""

from fieldsmith.reading.notations.base import Notation

RUST = Notation(
    name="rust",
    scalars={
        "String": "string", "str": "string", "char": "string", "bool": "boolean", "i8": "integer", "i16": "integer",
        "i32": "integer", "i64": "integer", "u8": "integer", "u16": "integer", "u32": "integer", "u64": "integer",
        "isize": "integer", "usize": "integer", "f32": "number", "f64": "number", "serde_json::Value": "any",
        "uuid::Uuid": "uuid", "std::path::PathBuf": "bytes", "chrono::NaiveDate": "date",
        "chrono::DateTime<chrono::FixedOffset>": "datetime", "chrono::DateTime<chrono::offset::Utc>": "datetime",
    },
    heads={
        "Option": "optional", "Vec": "list", "HashMap": "map", "std::collections::HashMap": "map",
        "std::collections::HashSet": "list", "HashSet": "list",
    },
    brackets="<",
    separators=frozenset({"::"}),
    roots=("models::",),
    extra="additional_properties",
    case="snake",
)  # fmt: skip
