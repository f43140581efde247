/// A place in the order of events, from which reading can be resumed: everything up to and including it was
/// read.
public struct OutboxPosition: Hashable, Comparable, Sendable {
    /// Which transaction recorded the event; a later one is larger.
    public let transaction: Int64
    /// Its number among the events of that transaction.
    public let sequence: Int64

    /// The position of the event with these numbers.
    public init(transaction: Int64, sequence: Int64) {
        (self.transaction, self.sequence) = (transaction, sequence)
    }

    /// Before every event.
    public static let beginning = OutboxPosition(transaction: 0, sequence: 0)

    /// Earlier is less.
    public static func < (left: OutboxPosition, right: OutboxPosition) -> Bool {
        (left.transaction, left.sequence) < (right.transaction, right.sequence)
    }
}

extension OutboxPosition: CustomStringConvertible {
    /// Reads `7431-1029`, as `Last-Event-ID` brings it back; nil for anything else.
    public init?(text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let transaction = Self.number(parts[0]), let sequence = Self.number(parts[1])
        else { return nil }
        self.init(transaction: transaction, sequence: sequence)
    }

    /// `7431-1029`
    public var text: String { "\(transaction)-\(sequence)" }

    /// `7431-1029`
    public var description: String { text }

    private static func number(_ text: some StringProtocol) -> Int64? {
        guard let first = text.utf8.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            return nil
        }
        return Int64(text)
    }
}
