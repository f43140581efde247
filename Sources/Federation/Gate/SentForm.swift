import HTTP

/// The fields of a form, each sent once.
struct SentForm: Sendable {
    /// What such a body is written in.
    static let mediaType = "application/x-www-form-urlencoded"
    /// A ticket and what somebody typed.
    static let bytesMax = 16_384

    private var values: [String: String] = [:]

    /// A form without fields.
    init() {}

    /// Nil for what is no form, or names a field twice: nobody could say which one counts.
    init?(_ body: [UInt8]) {
        guard let fields = try? FormField.parse(body) else { return nil }
        for field in fields {
            guard values.updateValue(field.value, forKey: field.name) == nil else { return nil }
        }
    }

    /// What was typed or sent; an empty field is none.
    subscript(_ name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }
}
