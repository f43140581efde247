/// How much a line matters.
public enum LogLevel: Int, CaseIterable, Comparable, Sendable {
    case debug, info, notice, warning, error

    /// The word in the line and in `NADI_LOG_LEVEL`.
    public var word: StaticString {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// The level with that word.
    public init?(word: String) {
        guard let level = Self.allCases.first(where: { $0.word.description == word }) else { return nil }
        self = level
    }

    /// What matters less is less.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rawValue < right.rawValue }
}
