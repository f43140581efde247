/// Parts a Swift source into code, comments and string literals, so that a rule about code is not
/// misled by a sentence that merely mentions it. Written by hand because the toolchain ships no
/// swift-syntax library to link against.
struct SwiftLexer {
    /// A string literal's own characters, without what is interpolated into it.
    struct Literal: Equatable {
        let line: Int
        var text: String
    }

    private enum Mode {
        case code(openParentheses: Int)
        case string(hashes: Int, isMultiline: Bool, literal: Int)
    }

    private let bytes: [UInt8]
    private var at = 0
    private var line = 1
    private var modes = [Mode.code(openParentheses: 0)]
    private var texts: [(line: Int, bytes: [UInt8])] = []
    private var code: [UInt8] = []
    private var comments: [UInt8] = []

    init(_ source: String) {
        bytes = Array(source.utf8)
        while at < bytes.count { step() }
    }

    /// The source's code, one entry a line, with comments and the insides of strings blanked.
    var codeLines: [String] { Self.lines(of: code) }
    /// The source's comments, one entry a line.
    var commentLines: [String] { Self.lines(of: comments) }
    var literals: [Literal] {
        texts.map { Literal(line: $0.line, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }

    private static func lines(of bytes: [UInt8]) -> [String] {
        bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
    }

    private mutating func step() {
        switch modes.last {
        case .string(let hashes, let isMultiline, let literal):
            stepInString(hashes: hashes, isMultiline: isMultiline, literal: literal)
        case .code(let open): stepInCode(openParentheses: open)
        case nil: at = bytes.count
        }
    }

    private mutating func stepInCode(openParentheses open: Int) {
        let hashes = run(of: UInt8(ascii: "#"), from: at)
        if peek(hashes) == UInt8(ascii: "\"") {
            openString(hashes: hashes)
        } else if starts(with: "//") {
            while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { emit(comment: true) }
        } else if starts(with: "/*") {
            skipBlockComment()
        } else {
            countParenthesis(open)
        }
    }

    private mutating func countParenthesis(_ open: Int) {
        let isInterpolation = modes.count > 1
        if bytes[at] == UInt8(ascii: "("), isInterpolation {
            modes[modes.count - 1] = .code(openParentheses: open + 1)
        } else if bytes[at] == UInt8(ascii: ")"), isInterpolation {
            if open == 0 {
                modes.removeLast()
            } else {
                modes[modes.count - 1] = .code(openParentheses: open - 1)
            }
        }
        emit()
    }

    private mutating func openString(hashes: Int) {
        for _ in 0..<hashes { emit() }
        let isMultiline = starts(with: "\"\"\"")
        for _ in 0..<(isMultiline ? 3 : 1) { emit() }
        texts.append((line, []))
        modes.append(.string(hashes: hashes, isMultiline: isMultiline, literal: texts.count - 1))
    }

    private mutating func stepInString(hashes: Int, isMultiline: Bool, literal: Int) {
        let quotes = isMultiline ? 3 : 1
        if bytes[at] == UInt8(ascii: "\\"), run(of: UInt8(ascii: "#"), from: at + 1) >= hashes {
            stepInEscape(hashes: hashes, literal: literal)
        } else if run(of: UInt8(ascii: "\""), from: at) >= quotes,
            run(of: UInt8(ascii: "#"), from: at + quotes) >= hashes
        {
            for _ in 0..<(quotes + hashes) { emit() }
            modes.removeLast()
        } else if bytes[at] == UInt8(ascii: "\n"), !isMultiline {
            modes.removeLast()  // an unclosed string: no valid source has one
        } else {
            take(into: literal)
        }
    }

    private mutating func stepInEscape(hashes: Int, literal: Int) {
        if peek(1 + hashes) == UInt8(ascii: "(") {
            for _ in 0..<(hashes + 2) { emit() }
            modes.append(.code(openParentheses: 0))
        } else {
            for _ in 0..<min(hashes + 2, bytes.count - at) { take(into: literal) }
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") { depth += 1; emit(comment: true) }
            if starts(with: "*/") { depth -= 1; emit(comment: true) }
            if at < bytes.count { emit(comment: true) }
        } while depth > 0 && at < bytes.count
    }

    private mutating func take(into literal: Int) {
        texts[literal].bytes.append(bytes[at])
        emit(blank: true)
    }

    private mutating func emit(comment: Bool = false, blank: Bool = false) {
        guard at < bytes.count else { return }
        let byte = bytes[at]
        at += 1
        if byte == UInt8(ascii: "\n") {
            line += 1
            code.append(byte)
            comments.append(byte)
            return
        }
        code.append(comment || blank ? UInt8(ascii: " ") : byte)
        comments.append(comment ? byte : UInt8(ascii: " "))
    }

    private func starts(with word: StaticString) -> Bool {
        word.withUTF8Buffer { bytes[at...].starts(with: $0) }
    }

    private func peek(_ offset: Int) -> UInt8? {
        at + offset < bytes.count ? bytes[at + offset] : nil
    }

    private func run(of byte: UInt8, from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] == byte { end += 1 }
        return end - start
    }
}
