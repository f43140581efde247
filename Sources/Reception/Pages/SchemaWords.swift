import EndpointKit
import JSON
import Shapes

/// A schema in a few words, for the column of a table: "string, 3 to 280 characters".
struct SchemaWords {
    let schema: Schema

    var text: String {
        if let choices = schema["enum"]?.arrayValue {
            return "one of " + choices.map(Self.plain).joined(separator: ", ")
        }
        if !schema.anyOf.isEmpty {
            return schema.anyOf.map { SchemaWords(schema: $0).text }.joined(separator: " or ")
        }
        if let element = schema.items.first { return "list of " + SchemaWords(schema: element).text + bounds }
        return type + bounds
    }

    private var type: String {
        if let alternatives = schema["type"]?.arrayValue {
            return alternatives.map(named).joined(separator: " or ")
        }
        return schema["type"].map(named) ?? "anything"
    }

    private func named(_ type: JSON) -> String {
        guard type == "string", let format = schema["format"]?.stringValue else { return Self.plain(type) }
        return format
    }

    /// The keywords that limit a value, as far as a reader must know them; the pattern stands in the OpenAPI
    /// document.
    private var bounds: String {
        let units = [("Length", " characters"), ("Items", " items"), ("imum", "")]
        let ranges = units.compactMap { keyword, unit in
            range(schema["min" + keyword], told(schema["max" + keyword])).map { ", " + $0 + unit }
        }
        let standIn = schema["default"].map { ", otherwise " + Self.plain($0) } ?? ""
        return ranges.joined() + standIn
    }

    /// What holds for every text says nothing about this one.
    private func told(_ most: JSON?) -> JSON? { most?.integerValue == Int64(String.lengthMax) ? nil : most }

    private func range(_ least: JSON?, _ most: JSON?) -> String? {
        // A whole width of an integer says nothing that "integer" does not.
        let bounds = [least, most].map { $0?.integerValue.flatMap { $0.magnitude < 1 << 31 - 1 ? $0 : nil } }
        switch (bounds[0], bounds[1]) {
        case (let least?, let most?): return "\(least) to \(most)"
        case (let least?, nil): return "at least \(least)"
        case (nil, let most?): return "at most \(most)"
        case (nil, nil): return nil
        }
    }

    static func plain(_ value: JSON) -> String { value.stringValue ?? value.jsonText }
}

/// A value that fits a schema, for a call to start from.
enum SchemaExample {
    static func value(of schema: Schema) -> JSON {
        if let given = schema["examples"]?.arrayValue?.first ?? schema["default"] { return given }
        if let choice = schema["enum"]?.arrayValue?.first { return choice }
        if let alternative = schema.anyOf.first { return value(of: alternative) }
        if !schema.properties.isEmpty {
            return .object(JSONObject(schema.properties.map { ($0.name, value(of: $0.schema)) }))
        }
        if let element = schema.items.first { return .array([value(of: element)]) }
        return plain(of: schema)
    }

    private static func plain(of schema: Schema) -> JSON {
        switch schema["type"]?.stringValue ?? schema["type"]?.arrayValue?.first?.stringValue {
        case "integer", "number": .integer(max(1, schema["minimum"]?.integerValue ?? 1))
        case "boolean": true
        case "object": [:]
        case "array": []
        default: .string("text")
        }
    }
}
