/// Reads the content of a tag downwards: texts (escaped), tags, conditions and loops.
@resultBuilder
public enum MarkupBuilder {
    /// A text becomes content by being escaped.
    public static func buildExpression(_ text: String) -> Markup { Markup(text: text) }

    /// A finished piece stays as it is.
    public static func buildExpression(_ markup: Markup) -> Markup { markup }

    /// What stands one below the other is joined without white space between.
    public static func buildBlock(_ pieces: Markup...) -> Markup { joined(pieces) }

    /// One piece for each turn of a loop.
    public static func buildArray(_ pieces: [Markup]) -> Markup { joined(pieces) }

    /// Nothing, when the condition does not hold.
    public static func buildOptional(_ piece: Markup?) -> Markup { piece ?? Markup() }

    /// The branch that was taken.
    public static func buildEither(first piece: Markup) -> Markup { piece }

    /// The branch that was taken.
    public static func buildEither(second piece: Markup) -> Markup { piece }

    private static func joined(_ pieces: [Markup]) -> Markup {
        var whole = Markup()
        for piece in pieces { whole.append(piece) }
        return whole
    }
}
