/// One Swift file of the tree, read once and shared by all rules.
struct SourceFile {
    /// A word or a single sign of the code.
    struct Token {
        let text: String
        let line: Int
        let touchesPrevious: Bool

        var isWord: Bool { text.first.map { $0.isLetter || $0 == "_" || $0.isNumber } ?? false }
    }

    let path: String
    let lines: [String]
    let code: [String]
    let comments: [String]
    let literals: [SwiftLexer.Literal]
    let tokens: [Token]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let lexer = SwiftLexer(text)
        code = lexer.codeLines
        comments = lexer.commentLines
        literals = lexer.literals
        tokens = code.enumerated().flatMap { Self.tokens(of: $1, line: $0 + 1) }
    }

    /// `Sources/HTTP/Server/Door.swift` → `["Sources", "HTTP", "Server", "Door.swift"]`.
    var parts: [String] { path.split(separator: "/").map(String.init) }
    var name: String { parts.last ?? path }
    var isTest: Bool { parts.contains("Tests") }

    /// The room, door or plugin that the file belongs to; nil in the tests' and the top folder.
    var room: String? {
        guard parts.count > 2, ["Sources", "Plugins"].contains(parts[0]) else { return nil }
        return parts[1] == "System" ? parts[2] : parts[1]
    }

    func finding(_ rule: HouseRule, _ line: Int, _ words: String) -> Finding {
        Finding(rule: rule, path: path, line: line, words: words)
    }

    private static func tokens(of code: String, line: Int) -> [Token] {
        var tokens: [Token] = []
        var word = ""
        var touches = false
        func isPart(_ sign: Character) -> Bool { sign.isLetter || sign.isNumber || sign == "_" }
        func close() {
            guard !word.isEmpty else { return }
            tokens.append(Token(text: word, line: line, touchesPrevious: touches))
            word = ""
            touches = true
        }
        for sign in code {
            if isPart(sign) {
                word.append(sign)
                continue
            }
            close()
            if sign == " " || sign == "\t" {
                touches = false
                continue
            }
            tokens.append(Token(text: String(sign), line: line, touchesPrevious: touches))
            touches = true
        }
        close()
        return tokens
    }
}
