/// What a rule asks of a value: the check, the words, and the keywords that publish it.
public protocol Judgement<Value>: Sendable {
    /// What is judged.
    associatedtype Value
    /// What kind of wrong it is when the rule does not hold.
    var code: String { get }
    /// What the value must be, to finish the sentence "must …".
    var words: String { get }
    /// Whether all is well.
    func holds(for value: Value) -> Bool
    /// Says in the schema what `holds` checks.
    func refine(_ schema: inout Schema)
}

/// A rule a value must satisfy. It documents itself: validation and schema are one value.
public struct Rule<Value: Sendable>: Sendable {
    let judgement: any Judgement<Value>

    /// A rule from a judgement of one's own.
    public init(_ judgement: any Judgement<Value>) { self.judgement = judgement }

    func refine(_ schema: inout Schema) { judgement.refine(&schema) }

    @usableFromInline
    func judge(_ value: Value, _ complaints: inout Complaints) {
        if !judgement.holds(for: value) { complaints.add(judgement.code, "must " + judgement.words) }
    }
}

extension Rule where Value == String {
    /// So many code points, which is what JSON Schema counts: an emoji of several code points is several.
    public static func length(_ range: ClosedRange<Int>) -> Rule { Rule(LengthRule(range: range)) }

    /// A form that `holds` checks in code; `pattern` says the same to machines, `words` to people ("be …").
    public static func pattern(
        _ pattern: StaticString, _ words: StaticString, holds: @escaping @Sendable (String) -> Bool
    ) -> Rule {
        Rule(PatternRule(pattern: pattern, form: words, check: holds))
    }

    /// Not only spaces. The pattern repeats that a text has no control characters, since a schema has one.
    public static var notBlank: Rule {
        .pattern(
            #"^[^\x00-\x08\x0b-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x08\x0b-\x1f\x7f-\x9f]*$"#,
            "hold more than spaces"
        ) { $0.contains { !$0.isWhitespace } }
    }

    /// One of a few texts that are not worth an enumeration.
    public static func oneOf(_ choices: String...) -> Rule { Rule(ChoiceRule(choices: choices)) }
}

extension Rule where Value: FixedWidthInteger & Sendable {
    /// Bounds, both included.
    public static func within(_ range: ClosedRange<Value>) -> Rule { Rule(IntegerRangeRule(range: range)) }
}

extension Rule where Value == Double {
    /// Bounds, both included.
    public static func within(_ range: ClosedRange<Double>) -> Rule { Rule(DoubleRangeRule(range: range)) }
}

extension Rule {
    /// How many elements a list may have.
    public static func count<Element>(_ range: ClosedRange<Int>) -> Rule where Value == [Element] {
        Rule(CountRule<Element>(range: range))
    }

    /// A rule for each element of a list.
    public static func each<Element>(_ rule: Rule<Element>) -> Rule where Value == [Element] {
        Rule(EachRule(rule: rule))
    }

    /// A check in code that JSON Schema has no keyword for. `words` finish the sentence "must …"; the schema
    /// carries them as `x-rule`.
    public static func check(
        _ code: StaticString, _ words: StaticString, holds: @escaping @Sendable (Value) -> Bool
    ) -> Rule {
        Rule(CheckRule(kind: code, form: words, check: holds))
    }
}
