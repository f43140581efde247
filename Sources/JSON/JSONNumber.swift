// Rounding a Double needs libm, which only this import links.
import Glibc

/// A number with a fraction or an exponent, kept as the digits that were sent: `0.10` stays `0.10`.
public struct JSONNumber: Hashable, Sendable {
    /// The number as it stands in the document.
    public let text: String

    /// The reader has checked the grammar and that a `Double` is wide enough.
    init(checked text: String) { self.text = text }

    /// A number of a program's own; nil for infinities and NaN, which JSON cannot say.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.description
    }

    /// The nearest binary fraction: good for measuring, wrong for money.
    public var double: Double { Double(text) ?? .nan }

    /// The integer this number is, when it is one (`1.0`, `1e3`) that a `Double` tells apart from its
    /// neighbours.
    public var exactInteger: Int64? {
        let value = double
        return value.magnitude <= 9_007_199_254_740_992 ? Int64(exactly: value) : nil
    }
}
