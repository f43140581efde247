/// A label and every value it will ever have. What is not in the list is counted as `other`:
/// a stranger's input can never make the number of series grow.
public struct MetricLabel: Sendable {
    /// Where everything undeclared is counted.
    public static let other = "other"
    /// More values than this are folded into `other`.
    public static let valuesMax = 500

    let name: StaticString
    let values: [String]

    /// A label of these values, and `other`.
    public init(_ name: StaticString, values: [String]) {
        self.name = name
        var known: Set<String> = [Self.other]
        self.values = values.filter { known.insert($0).inserted }.prefix(Self.valuesMax) + [Self.other]
    }

    func index(of value: String) -> Int { values.firstIndex(of: value) ?? values.count - 1 }

    /// `name="value"`, escaped as the text format wants it.
    func text(of index: Int) -> String {
        var escaped = ""
        for scalar in values[index].unicodeScalars {
            switch scalar {
            case "\\": escaped += "\\\\"
            case "\"": escaped += "\\\""
            case "\n": escaped += "\\n"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return "\(name)=\"\(escaped)\""
    }
}

/// One metric per combination of declared label values. Look a member up once and keep it: the lookup is by
/// text.
public final class MetricFamily<Metric: Sendable>: Sendable {
    let labels: [MetricLabel]
    let members: [Metric]

    init(_ labels: [MetricLabel], make: () -> Metric) {
        self.labels = labels
        members = (0..<labels.reduce(1) { $0 * $1.values.count }).map { _ in make() }
    }

    /// The metric for these values in the order of the labels; a missing or an undeclared one is `other`.
    public subscript(_ values: String...) -> Metric {
        var place = 0
        for (position, label) in labels.enumerated() {
            let value = position < values.count ? values[position] : MetricLabel.other
            place = place * label.values.count + label.index(of: value)
        }
        return members[place]
    }

    /// The labels of the member at a place, as `a="b",c="d"`.
    func labelText(at place: Int) -> String {
        var rest = place
        var texts: [String] = []
        for label in labels.reversed() {
            texts.append(label.text(of: rest % label.values.count))
            rest /= label.values.count
        }
        return texts.reversed().joined(separator: ",")
    }
}
