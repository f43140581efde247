/// What a `Range` field asks of a file. Several ranges, other units and what cannot be read are as if nothing
/// was asked.
enum ByteRange: Equatable {
    case whole
    case part(Range<Int>)
    case unsatisfiable

    init(_ field: some Collection<UInt8>, size: Int) {
        let prefix = "bytes=".utf8
        guard field.starts(with: prefix) else { self = .whole; return }
        let ends = field.dropFirst(prefix.count).trimmed.split(
            separator: 45, omittingEmptySubsequences: false)
        guard ends.count == 2 else { self = .whole; return }
        let (first, last) = (Self.number(ends[0]), Self.number(ends[1]))
        switch (ends[0].isEmpty, first, ends[1].isEmpty, last) {
        case (true, _, false, let suffix?):
            self = suffix > 0 && size > 0 ? .part(max(0, size - suffix)..<size) : .unsatisfiable
        case (false, let first?, true, _):
            self = first < size ? .part(first..<size) : .unsatisfiable
        case (false, let first?, false, let last?) where first <= last:
            self = first < size ? .part(first..<min(last + 1, size)) : .unsatisfiable
        default: self = .whole
        }
    }

    private static func number(_ digits: some Collection<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }
}
