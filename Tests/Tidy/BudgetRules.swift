/// How much a reader is asked to hold in the head at once.
struct BudgetRules {
    static let fileLinesMax = 300
    static let functionLinesMax = 60
    static let columnsMax = 110
    /// Of text in another language (SQL, CSS, a table of roles), which keeps lines of its own.
    static let literalColumnsMax = 160
    static let nestingMax = 3

    private enum Brace { case function(name: String, line: Int), control, other }
    private static let controlWords: Set = [
        "if", "for", "while", "repeat", "switch", "do", "else", "guard", "catch", "defer",
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        lengths(of: file) + functions(in: file)
    }

    private static func lengths(of file: SourceFile) -> [Finding] {
        let lines = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        let tooLong =
            lines > fileLinesMax
            ? [file.finding(.fileLength, 1, "\(lines) lines; at most \(fileLinesMax)")] : []
        let inLiterals = Set(
            file.literals.flatMap { literal in
                let breaks = literal.text.utf8.filter { $0 == UInt8(ascii: "\n") }.count
                return breaks > 1 ? Array(literal.line + 1..<literal.line + breaks) : []
            })
        let overlong = file.lines.enumerated().compactMap { offset, line -> Finding? in
            let most = inLiterals.contains(offset + 1) ? literalColumnsMax : columnsMax
            guard line.count > most else { return nil }
            return file.finding(.lineLength, offset + 1, "\(line.count) columns; at most \(most)")
        }
        return tooLong + overlong
    }

    /// Walks the braces: a function's body from its own, and how deep control flow goes within it.
    private static func functions(in file: SourceFile) -> [Finding] {
        var findings: [Finding] = []
        var braces: [Brace] = []
        var pending = Brace.other
        var parentheses = 0
        for (index, token) in file.tokens.enumerated() {
            switch token.text {
            case "(", "[": parentheses += 1
            case ")", "]": parentheses -= 1
            case "{":
                let isArgument = parentheses > 0 && !isControl(pending)
                braces.append(isArgument ? .other : pending)
                if case .control = braces.last, depth(of: braces) > nestingMax {
                    findings.append(
                        file.finding(.nesting, token.line, "\(depth(of: braces)) deep; at most \(nestingMax)")
                    )
                }
                if !isArgument { pending = .other }
            case "}":
                pending = .other
                guard case .function(let name, let line)? = braces.popLast(),
                    token.line - line + 1 > functionLinesMax
                else { continue }
                findings.append(
                    file.finding(
                        .functionLength, line,
                        "\(name): \(token.line - line + 1) lines; at most \(functionLinesMax)"))
            default: pending = declared(file.tokens, at: index) ?? pending
            }
        }
        return findings
    }

    private static func isControl(_ brace: Brace) -> Bool {
        if case .control = brace { return true }
        return false
    }

    private static func depth(of braces: [Brace]) -> Int {
        braces.reversed().prefix { if case .function = $0 { false } else { true } }.filter(isControl).count
    }

    /// What the next brace will open, when this token says so.
    private static func declared(_ tokens: [SourceFile.Token], at index: Int) -> Brace? {
        let token = tokens[index]
        guard index == 0 || tokens[index - 1].text != "." else { return nil }
        let following = index + 1 < tokens.count ? tokens[index + 1] : token
        let isInitializer =
            ["init", "subscript"].contains(token.text) && ["(", "?", "<"].contains(following.text)
        if token.text == "func" { return .function(name: following.text, line: token.line) }
        if token.text == "deinit" || isInitializer { return .function(name: token.text, line: token.line) }
        return controlWords.contains(token.text) ? .control : nil
    }
}
