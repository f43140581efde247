import HTML

/// A sentence of a declaration on a page: what stands between backticks is shown as code.
struct Prose {
    let text: String

    var markup: Markup {
        let parts = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
        return Tag.span {
            for (position, part) in parts where !part.isEmpty {
                if position.isMultiple(of: 2) { Markup(text: part) } else { Tag.code { String(part) } }
            }
        }
    }
}
