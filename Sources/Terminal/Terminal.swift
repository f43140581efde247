import Glibc

/// The person's window, or the pipe that stands in for it: whether anyone watches, in how many colours and
/// columns.
public struct Terminal: Sendable {
    /// What the words stand for; colours follow from it.
    public enum Tone: String, Sendable {
        case plain = "", good = "32", bad = "31", quiet = "2", strong = "1"
    }

    /// Whether a person reads what is printed.
    public let isWatched: Bool
    /// Whether a person sees progress and can be asked.
    public let isAttended: Bool
    private let hasColour: Bool
    private let output: @Sendable (_ text: String, _ descriptor: Int32) -> Void

    /// The window of this process; `NO_COLOR` and `TERM=dumb` are honoured.
    public init(environment: [String: String]) {
        isWatched = isatty(1) == 1
        isAttended = isatty(2) == 1
        hasColour = (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
        output = Terminal.writeAll
    }

    /// A window that nobody watches and that keeps what is written.
    init(recording output: @escaping @Sendable (_ text: String, _ descriptor: Int32) -> Void) {
        (isWatched, isAttended, hasColour, self.output) = (false, false, false, output)
    }

    /// The words in their tone, where colours are wanted.
    public func paint(_ words: String, _ tone: Tone) -> String {
        isWatched && hasColour && tone != .plain ? "\u{1B}[\(tone.rawValue)m\(words)\u{1B}[0m" : words
    }

    /// A line of the answer.
    public func say(_ line: String) { write(line + "\n", to: 1) }

    /// A line beside the answer: faults, questions, progress.
    public func note(_ line: String) { write(line + "\n", to: 2) }

    /// Asks a question and waits for a line; nil when nobody is there to answer.
    public func ask(_ question: String) -> String? {
        guard isAttended, isatty(0) == 1 else { return nil }
        write(question, to: 2)
        return readLine(strippingNewline: true)
    }

    func write(_ text: String, to descriptor: Int32) { output(text, descriptor) }

    private static func writeAll(_ text: String, _ descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var sent = 0
            while sent < bytes.count {
                let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
                if count <= 0 { return }
                sent += count
            }
        }
    }
}
