/// Code that the house does not write, wherever it stands.
struct CodeRules {
    /// Rooms whose loop confines what the compiler cannot see is confined.
    static let confinedRooms: Set = ["EventLoop", "HTTP", "Outgoing", "Database", "Redis"]
    private static let unfinishedWords = ["TODO", "FIXME", "XXX", "HACK"]

    static func findings(in file: SourceFile) -> [Finding] {
        calls(in: file) + forcedUnwraps(in: file) + unchecked(in: file) + unfinished(in: file)
            + statements(in: file)
    }

    static func packageAccess(in file: SourceFile, foundations: Set<String>) -> [Finding] {
        guard let room = file.room, foundations.contains(room) else { return [] }
        return file.tokens.indices.filter { index in
            file.tokens[index].text == "package" && index + 1 < file.tokens.count
                && file.tokens[index + 1].isWord
                && !startsArgument(file.tokens, at: index)
        }
        .map {
            file.finding(
                .packageAccess, file.tokens[$0].line, "every plugin is in this package and would see it")
        }
    }

    private static func calls(in file: SourceFile) -> [Finding] {
        let tokens = file.tokens
        return tokens.indices.compactMap { index in
            let token = tokens[index]
            let following = index + 1 < tokens.count ? tokens[index + 1].text : ""
            let previous = index > 0 ? tokens[index - 1].text : ""
            let isFreeCall = following == "(" && previous != "." && previous != "func"
            switch token.text {
            case "try", "as":
                guard following == "!", tokens[index + 1].touchesPrevious else { return nil }
                return file.finding(.forbidden, token.line, "\(token.text)!")
            case "print", "fatalError", "debugPrint", "dump":
                return isFreeCall ? file.finding(.forbidden, token.line, "\(token.text)(…)") : nil
            case "detached" where previous == ".":
                return file.finding(.forbidden, token.line, "a detached task has no owner")
            default: return nil
            }
        }
    }

    private static func forcedUnwraps(in file: SourceFile) -> [Finding] {
        let tokens = file.tokens
        return tokens.indices.dropFirst().compactMap { index in
            let previous = tokens[index - 1]
            let isPostfix = tokens[index].text == "!" && tokens[index].touchesPrevious
            let followsValue = previous.isWord || [")", "]", "?", "}", "\""].contains(previous.text)
            let isComparison =
                index + 1 < tokens.count && tokens[index + 1].text == "=" && tokens[index + 1].touchesPrevious
            guard isPostfix, followsValue, !isComparison, !["try", "as"].contains(previous.text) else {
                return nil
            }
            return file.finding(
                .forbidden, tokens[index].line, "\(previous.text)! stops the whole house when it is wrong")
        }
    }

    private static func unchecked(in file: SourceFile) -> [Finding] {
        guard let room = file.room, !file.isTest else { return [] }
        return file.code.indices.compactMap { index in
            let code = file.code[index]
            guard code.contains("@unchecked") || code.contains("nonisolated(unsafe)") else { return nil }
            guard confinedRooms.contains(room) else {
                return file.finding(
                    .uncheckedPlace, index + 1, "only \(confinedRooms.sorted()) may vouch for themselves")
            }
            let reasons = file.comments[max(0, index - 1)...index]
            let isExplained = reasons.contains { $0.contains(where: { !$0.isWhitespace }) }
            return isExplained
                ? nil : file.finding(.uncheckedPlace, index + 1, "say on this line or above why it holds")
        }
    }

    private static func unfinished(in file: SourceFile) -> [Finding] {
        file.comments.enumerated().flatMap { offset, comment in
            let words = comment.split { !$0.isLetter }.map(String.init)
            return unfinishedWords.filter(words.contains).map { file.finding(.unfinished, offset + 1, $0) }
        }
    }

    /// Statements stand in `*+SQL.swift` alone, beside the noun they serve; tests may speak SQL.
    private static func statements(in file: SourceFile) -> [Finding] {
        guard file.room != nil, !file.isTest, !file.name.hasSuffix("+SQL.swift") else { return [] }
        return file.literals.filter { isStatement($0.text) }
            .map { file.finding(.sqlPlace, $0.line, "\"\($0.text.prefix(40))…\"") }
    }

    static func isStatement(_ text: String) -> Bool {
        let words = text.uppercased().split { $0.isWhitespace || $0 == "(" || $0 == ";" }.map(String.init)
        guard let first = words.first, !isSentence(text) else { return false }
        let second = words.dropFirst().first ?? ""
        switch first {
        case "SELECT": return words.contains("FROM") || text.contains("(")
        case "INSERT": return second == "INTO"
        case "UPDATE": return words.contains("SET")
        case "DELETE": return second == "FROM"
        case "WITH": return words.contains("SELECT") || words.contains("INSERT")
        case "BEGIN", "COMMIT", "ROLLBACK", "LISTEN", "UNLISTEN", "NOTIFY", "TRUNCATE":
            return text.hasPrefix(first)
        case "SET": return second == "LOCAL"
        case "CREATE", "ALTER", "DROP":
            return ["TABLE", "INDEX", "ROLE", "DATABASE", "SCHEMA", "POLICY", "FUNCTION", "EXTENSION"]
                .contains(second)
        default: return false
        }
    }

    /// `Select a slot.` is for a person; a statement begins `SELECT` or `select`.
    private static func isSentence(_ text: String) -> Bool {
        let letters = text.drop { !$0.isLetter }.prefix(2)
        return letters.first?.isUppercase == true && letters.last?.isLowercase == true
    }

    private static func startsArgument(_ tokens: [SourceFile.Token], at index: Int) -> Bool {
        let isLabel = index + 2 < tokens.count && tokens[index + 2].text == ":"
        return isLabel && index > 0 && ["(", ","].contains(tokens[index - 1].text)
    }
}
