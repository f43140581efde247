/// What `If-Match` or `If-None-Match` names: every version there is, or certain ones.
enum EntityTags: Equatable {
    case any
    case listed([EntityTag])

    /// Nil when the field does not follow RFC 9110, 13.1.
    init?(_ field: String) {
        if field == "*" {
            self = .any
            return
        }
        var scanner = EntityTagScanner(bytes: Array(field.utf8))
        guard let tags = scanner.list() else { return nil }
        self = .listed(tags)
    }

    /// For `If-Match`: a weak tag promises nothing about bytes, so it matches nothing.
    func matchesStrongly(_ current: String) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains { !$0.isWeak && $0.text == current }
        }
    }

    /// For `If-None-Match`: a weak tag of the same text is as good.
    func matchesWeakly(_ current: String) -> Bool {
        switch self {
        case .any: true
        case .listed(let tags): tags.contains { $0.text == current }
        }
    }
}

/// One tag, without its quotes.
struct EntityTag: Equatable {
    let text: String
    let isWeak: Bool
}

/// Reads `"a", W/"b"`; commas may stand inside the quotes.
private struct EntityTagScanner {
    let bytes: [UInt8]
    var position = 0

    static let tagsMax = 32

    mutating func list() -> [EntityTag]? {
        var tags: [EntityTag] = []
        repeat {
            skipSpace()
            guard tags.count < Self.tagsMax, let tag = tag() else { return nil }
            tags.append(tag)
            skipSpace()
        } while take(UInt8(ascii: ","))
        return position == bytes.count ? tags : nil
    }

    private mutating func tag() -> EntityTag? {
        var isWeak = false
        if position < bytes.count, bytes[position] == UInt8(ascii: "W") {
            position += 1
            isWeak = true
            guard take(UInt8(ascii: "/")) else { return nil }
        }
        guard take(UInt8(ascii: "\"")) else { return nil }
        let start = position
        while position < bytes.count, Self.isTagCharacter(bytes[position]) { position += 1 }
        let text = bytes[start..<position]
        return take(UInt8(ascii: "\""))
            ? EntityTag(text: String(decoding: text, as: UTF8.self), isWeak: isWeak) : nil
    }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while take(UInt8(ascii: " ")) || take(UInt8(ascii: "\t")) {}
    }

    private static func isTagCharacter(_ byte: UInt8) -> Bool {
        byte == 0x21 || (0x23...0x7e).contains(byte)
    }
}
