/// Lets a declaration be written as lines, one element a line.
///
/// Elements are named types (`Needs(…)`, `Form(…)`), not leading-dot members: `.a()` followed by `.b()` on
/// the next line would be read as `.a().b()`.
@resultBuilder
public enum ListBuilder<Element> {
    /// A line is an element.
    public static func buildExpression(_ element: Element) -> [Element] { [element] }
    /// Lines follow each other.
    public static func buildBlock(_ parts: [Element]...) -> [Element] { parts.flatMap(\.self) }
    /// `if` without `else`.
    public static func buildOptional(_ part: [Element]?) -> [Element] { part ?? [] }
    /// `if`.
    public static func buildEither(first: [Element]) -> [Element] { first }
    /// `else`.
    public static func buildEither(second: [Element]) -> [Element] { second }
    /// `for`.
    public static func buildArray(_ parts: [[Element]]) -> [Element] { parts.flatMap(\.self) }
}

extension Duration {
    /// So many minutes: what visits are measured in.
    public static func minutes(_ count: Int) -> Duration { .seconds(count * 60) }

    /// So many hours.
    public static func hours(_ count: Int) -> Duration { .seconds(count * 3600) }

    /// How many whole minutes.
    public var wholeMinutes: Int { Int(components.seconds / 60) }
}
