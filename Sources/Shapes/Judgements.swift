import JSON

struct LengthRule: Judgement {
    let range: ClosedRange<Int>
    var code: String { "wrong_length" }
    var words: String { "have \(range.lowerBound) to \(range.upperBound) characters" }
    func holds(for value: String) -> Bool { range.contains(value.unicodeScalars.count) }
    func refine(_ schema: inout Schema) {
        schema["minLength"] = .integer(Int64(range.lowerBound))
        schema["maxLength"] = .integer(Int64(range.upperBound))
    }
}

struct PatternRule: Judgement {
    let pattern: StaticString
    let form: StaticString
    let check: @Sendable (String) -> Bool
    var code: String { "wrong_form" }
    var words: String { form.description }
    func holds(for value: String) -> Bool { check(value) }
    func refine(_ schema: inout Schema) { schema["pattern"] = .string(pattern.description) }
}

struct ChoiceRule: Judgement {
    let choices: [String]
    var code: String { "not_one_of" }
    var words: String { "be one of " + choices.joined(separator: ", ") }
    func holds(for value: String) -> Bool { choices.contains(value) }
    func refine(_ schema: inout Schema) {
        (schema["maxLength"], schema["pattern"]) = (nil, nil)
        schema["enum"] = .array(choices.map(JSON.string))
    }
}

struct IntegerRangeRule<Value: FixedWidthInteger & Sendable>: Judgement {
    let range: ClosedRange<Value>
    var code: String { "out_of_range" }
    var words: String { "be from \(range.lowerBound) to \(range.upperBound)" }
    func holds(for value: Value) -> Bool { range.contains(value) }
    func refine(_ schema: inout Schema) {
        schema["minimum"] = .integer(Int64(clamping: range.lowerBound))
        schema["maximum"] = .integer(Int64(clamping: range.upperBound))
    }
}

struct DoubleRangeRule: Judgement {
    let range: ClosedRange<Double>
    var code: String { "out_of_range" }
    var words: String { "be from \(range.lowerBound) to \(range.upperBound)" }
    func holds(for value: Double) -> Bool { range.contains(value) }
    func refine(_ schema: inout Schema) {
        schema["minimum"] = JSONNumber(range.lowerBound).map(JSON.number)
        schema["maximum"] = JSONNumber(range.upperBound).map(JSON.number)
    }
}

struct CountRule<Element: Sendable>: Judgement {
    let range: ClosedRange<Int>
    var code: String { "wrong_count" }
    var words: String { "have \(range.lowerBound) to \(range.upperBound) elements" }
    func holds(for value: [Element]) -> Bool { range.contains(value.count) }
    func refine(_ schema: inout Schema) {
        schema["minItems"] = .integer(Int64(range.lowerBound))
        schema["maxItems"] = .integer(Int64(range.upperBound))
    }
}

struct EachRule<Element: Sendable>: Judgement {
    let rule: Rule<Element>
    var code: String { rule.judgement.code }
    var words: String { "have elements of which each must " + rule.judgement.words }
    func holds(for value: [Element]) -> Bool { value.allSatisfy(rule.judgement.holds(for:)) }
    func refine(_ schema: inout Schema) {
        guard !schema.items.isEmpty else { return }
        rule.judgement.refine(&schema.items[0])
    }
}

struct CheckRule<Value: Sendable>: Judgement {
    let kind: StaticString
    let form: StaticString
    let check: @Sendable (Value) -> Bool
    var code: String { kind.description }
    var words: String { form.description }
    func holds(for value: Value) -> Bool { check(value) }
    func refine(_ schema: inout Schema) {
        schema["x-rule"] = .string("must " + words)
    }
}
