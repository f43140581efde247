/// A text cut at its placeholders.
struct TemplateText {
    /// What stands in braces, in order, each time it stands there.
    private(set) var placeholders: [String] = []
    /// Whether every brace that opens is closed by the next one, on its line, and none closes by itself.
    private(set) var isBalanced = true

    init(_ text: String) {
        var name: String?
        for sign in text {
            switch (sign, name) {
            case ("{", nil): name = ""
            case ("}", let inside?):
                placeholders.append(inside)
                name = nil
            case ("{", _), ("}", _), ("\n", .some): isBalanced = false
            default: name?.append(sign)
            }
        }
        isBalanced = isBalanced && name == nil
    }
}
