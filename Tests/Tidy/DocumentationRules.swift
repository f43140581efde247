/// What a reader is owed before the code: a sentence on every public declaration, a sign on every door.
struct DocumentationRules {
    private static let declarations: Set = [
        "struct", "class", "enum", "actor", "protocol", "typealias", "func", "init", "var", "let",
        "subscript", "macro",
    ]

    static func findings(in file: SourceFile) -> [Finding] {
        guard file.room != nil, !file.isTest else { return [] }
        return file.code.indices.filter { isPublicDeclaration(file.code[$0]) && !isDocumented(file, at: $0) }
            .map { file.finding(.documented, $0 + 1, "tell with /// what the reader cannot see") }
    }

    /// A door sign says more than the room's name.
    static func doorSign(of folder: String, text: String?) -> [Finding] {
        let path = "\(folder)/README.md"
        guard let text else {
            return [Finding(rule: .doorSign, path: path, line: 1, words: "the room has no door sign")]
        }
        let sentences = text.split(separator: "\n").filter {
            !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace)
        }
        guard sentences.count < 2 else { return [] }
        return [
            Finding(rule: .doorSign, path: path, line: 1, words: "say what lives here and what never does")
        ]
    }

    private static func isPublicDeclaration(_ code: String) -> Bool {
        let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        guard
            code.drop(while: \.isWhitespace).hasPrefix("@") || ["public", "open"].contains(words.first)
                || words.contains("public")
        else { return false }
        guard let at = words.firstIndex(where: { $0 == "public" || $0 == "open" }) else { return false }
        let isOpenWord = words[at] == "open" && at != 0
        let rest = words[(at + 1)...]
        let declares = rest.first {
            declarations.contains($0) || $0 == "import" || $0 == "extension" || $0 == "set"
        }
        guard let declares, !isOpenWord else { return false }
        return declarations.contains(declares) && !words.contains("override")
    }

    /// A comment stands right above, or above the declaration's attributes.
    private static func isDocumented(_ file: SourceFile, at index: Int) -> Bool {
        var above = index - 1
        while above >= 0, file.code[above].drop(while: \.isWhitespace).hasPrefix("@") { above -= 1 }
        return above >= 0 && file.comments[above].drop(while: \.isWhitespace).hasPrefix("///")
    }
}
