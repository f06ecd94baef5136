"""How Ruby SDK pages spell types. Labels that link to the manual have `Date` and `DateTime` the wrong way round."""

from fieldsmith.reading.notations.base import Notation

RUBY = Notation(
    name="ruby",
    scalars={
        "String": "string", "::String": "string", "Symbol": "string", "::Symbol": "string", "Integer": "integer",
        "::Integer": "integer", "Float": "number", "::Float": "number", "Object": "any", "::Object": "any",
        "T::Boolean": "boolean", "Crystalline::Boolean.new": "boolean", "NilClass": "null", "::NilClass": "null",
        "Date": "date", "::Date": "date", "DateTime": "datetime", "::DateTime": "datetime",
    },
    heads={
        "T::Array": "list", "Crystalline::Array": "list", "Crystalline::Array.new": "list", "T::Hash": "map",
        "Crystalline::Hash": "map", "Crystalline::Hash.new": "map", "T.any": "union", "Crystalline::Union.new": "union",
        "T.nilable": "optional", "Crystalline::Nilable.new": "optional",
    },
    outside=frozenset({"Faraday::Response", "::Faraday::Response"}),
    brackets="[<(",
    separators=frozenset({"::", "."}),
    linked={"Date": "datetime", "::Date": "datetime", "DateTime": "date", "::DateTime": "date"},
    extra="additional_properties",
    case="snake",
)  # fmt: skip
