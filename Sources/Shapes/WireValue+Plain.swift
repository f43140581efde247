public import JSON

extension String: WireValue {
    /// Code points of a text for which no rule allows fewer.
    public static var lengthMax: Int { 20_000 }

    /// What a text without control characters looks like to a regular expression; tab and line feed are let
    /// through.
    static let plainPattern = #"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"#

    /// A text without control characters.
    public static var schema: Schema {
        .string(["maxLength": .integer(Int64(lengthMax)), "pattern": .string(plainPattern)])
    }

    /// Reads text as it is: nothing is trimmed, folded or normalised.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> String? {
        guard let text = input.text else {
            complaints.add("wrong_type", "must be a text")
            return nil
        }
        guard !text.hasControlCharacters else {
            complaints.add("wrong_form", "must not contain control characters")
            return nil
        }
        guard text.utf8.count <= lengthMax || text.unicodeScalars.count <= lengthMax else {
            complaints.add("wrong_length", "must have at most \(lengthMax) characters")
            return nil
        }
        return text
    }

    private var hasControlCharacters: Bool {
        var previous: UInt8 = 0
        for byte in utf8 {
            if byte < 0x20 ? byte != 0x09 && byte != 0x0A : byte == 0x7F { return true }
            // U+0080 to U+009F are C2 80 to C2 9F.
            if previous == 0xC2, byte < 0xA0 { return true }
            previous = byte
        }
        return false
    }
}

extension Bool: WireValue {
    /// `true` or `false`.
    public static var schema: Schema { .typed("boolean") }

    /// Reads exactly `true` and `false`.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Bool? {
        switch input {
        case .json(.bool(let value)): return value
        case .text("true"): return true
        case .text("false"): return false
        default:
            complaints.add("wrong_type", "must be true or false")
            return nil
        }
    }
}

extension WireValue where Self: FixedWidthInteger & JSONWritable {
    /// An integer of the type's own range.
    public static var schema: Schema {
        .integer(Int64(Self.min)...Int64(clamping: Self.max), format: bitWidth <= 32 ? "int32" : "int64")
    }

    /// Reads plain digits with at most a minus: no `+5`, no ` 5`, no `05`. In JSON `5.0` is an integer too,
    /// as JSON Schema has it.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Self? {
        let wide: Int64?
        switch input {
        case .json(.integer(let value)): wide = value
        case .json(.number(let number)): wide = number.exactInteger
        case .text(let text): wide = Int64(wire: text)
        default: wide = nil
        }
        if let wide, let value = Self(exactly: wide) { return value }
        guard wide != nil else {
            complaints.add("wrong_type", "must be an integer")
            return nil
        }
        complaints.add("out_of_range", "must be from \(Self.min) to \(Self.max)")
        return nil
    }
}

extension Int: WireValue {}
extension Int16: WireValue {}
extension Int32: WireValue {}
extension Int64: WireValue {
    /// Only the text that `description` gives back is an integer's.
    init?(wire text: String) {
        guard let value = Int64(text), value.description == text else { return nil }
        self = value
    }
}

extension Double: WireValue {
    /// A number.
    public static var schema: Schema { .typed("number", ["format": "double"]) }

    /// Reads what JSON calls a number, in texts too: no `nan`, no `0x1`, no `.5`.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Double? {
        switch input {
        case .json(.integer(let value)): return Double(value)
        case .json(.number(let number)): return number.double
        case .text(let text):
            if case .json(let value)? = (try? JSON(parsing: text)).map(WireInput.json),
                value.stringValue == nil
            {
                return read(.json(value), &complaints)
            }
        default: break
        }
        complaints.add("wrong_type", "must be a number")
        return nil
    }
}

extension JSON: WireValue {
    /// Takes the value as it is; a text is a string.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> JSON? {
        switch input {
        case .json(let value): value
        case .text(let text): .string(text)
        case .texts(let texts): .array(texts.map(JSON.string))
        }
    }
}

/// An enumeration of texts is one of them on the wire.
extension WireValue where Self: RawRepresentable & CaseIterable, RawValue == String, Content == Self {
    /// Exactly the cases' texts.
    public static var schema: Schema {
        .typed("string", ["enum": .array(allCases.map { .string($0.rawValue) })])
    }

    /// Reads one of the cases' texts.
    public static func read(_ input: WireInput, _ complaints: inout Complaints) -> Self? {
        if let value = input.text.flatMap(Self.init(rawValue:)) { return value }
        complaints.add("not_one_of", "must be one of " + allCases.map(\.rawValue).joined(separator: ", "))
        return nil
    }

    /// Writes the case's text.
    public func write(to writer: inout JSONWriter) { writer.string(rawValue) }
}
