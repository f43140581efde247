/// What was wrong with a zone file.
public enum ZoneFlaw: Error, Hashable, Sendable {
    /// It does not begin as a TZif file does, or ends early.
    case notTZif
    /// It is of version 1, without 64-bit transitions.
    case tooOld
    /// Its counts or indexes contradict each other, or its rule for the years to come cannot be read.
    case malformed
}

extension Zone {
    /// Reads a zone from the bytes of its TZif file (RFC 8536, version 2 or later).
    public init(identifier: String, tzif bytes: [UInt8]) throws(ZoneFlaw) {
        let old = try TZifHeader(bytes, at: 0)
        guard old.version >= UInt8(ascii: "2") else { throw .tooOld }
        let header = try TZifHeader(bytes, at: old.end(timeWidth: 4))
        let times = header.start, indexes = times + header.times * 8, types = indexes + header.times
        guard header.end(timeWidth: 8) <= bytes.count, header.types > 0 else { throw .notTZif }
        let offsets = (0..<header.types).map { Int32(bitPattern: bytes.bigEndian32(at: types + $0 * 6)) }
        var transitions: [Transition] = []
        for place in 0..<header.times {
            let type = Int(bytes[indexes + place])
            guard type < offsets.count else { throw .malformed }
            let second =
                Int64(bytes.bigEndian32(at: times + place * 8)) << 32
                | Int64(bytes.bigEndian32(at: times + place * 8 + 4))
            if let last = transitions.last, last.second >= second { throw .malformed }
            transitions.append(Transition(second: second, offset: offsets[type]))
        }
        self.init(
            identifier: identifier, transitions: transitions, first: offsets[0],
            rule: try Zone.rule(bytes[header.end(timeWidth: 8)...]))
    }

    /// The footer: a newline, the rule for the years to come, a newline.
    private static func rule(_ footer: ArraySlice<UInt8>) throws(ZoneFlaw) -> PosixRule? {
        guard footer.first == UInt8(ascii: "\n"), footer.last == UInt8(ascii: "\n"), footer.count >= 2 else {
            throw .notTZif
        }
        let text = footer.dropFirst().dropLast()
        guard !text.isEmpty else { return nil }
        guard text.count < 128, let rule = PosixRule(text) else { throw .malformed }
        return rule
    }
}

/// The 44 bytes before each block of a TZif file.
private struct TZifHeader {
    let version: UInt8
    let start: Int
    let times: Int
    let types: Int
    /// Bytes of the block that are as long whatever the width of a time, and how many times and leap seconds
    /// there are.
    private let fixed: Int
    private let wide: Int

    init(_ bytes: [UInt8], at place: Int) throws(ZoneFlaw) {
        guard bytes.count >= place + 44, bytes[place..<place + 4].elementsEqual("TZif".utf8) else {
            throw .notTZif
        }
        let counts = (0..<6).map { Int(bytes.bigEndian32(at: place + 20 + $0 * 4)) }
        guard counts.allSatisfy({ $0 < 65_536 }) else { throw .malformed }
        (version, start, times, types) = (bytes[place + 4], place + 44, counts[3], counts[4])
        fixed = counts[3] + counts[4] * 6 + counts[5] + counts[2] * 4 + counts[1] + counts[0]
        wide = counts[3] + counts[2]
    }

    func end(timeWidth: Int) -> Int { start + fixed + wide * timeWidth }
}

extension [UInt8] {
    fileprivate func bigEndian32(at place: Int) -> UInt32 {
        self[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
