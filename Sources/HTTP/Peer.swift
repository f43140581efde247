/// The other end of a connection, and how far its word is taken.
final class Peer: Sendable {
    let address: IPAddress
    let isTrusted: Bool
    private let trusted: [AddressBlock]

    init(_ address: IPAddress, trusted: [AddressBlock]) {
        self.address = address
        self.trusted = trusted
        isTrusted = trusted.contains { $0.contains(address) }
    }

    /// The nearest address that is not a trusted proxy, reading the proxies' list from its end: everything
    /// further left may be the client's own invention. `Forwarded` is read only when no proxy wrote
    /// `X-Forwarded-For`.
    func clientAddress(in head: RequestHead) -> IPAddress {
        guard isTrusted else { return address }
        let names =
            head[.xForwardedFor].map(Self.list) ?? head[.forwarded].map { Self.parameters("for", in: $0) }
        var nearest = address
        for name in (names ?? []).reversed() {
            guard let next = Self.address(of: name) else { return nearest }
            nearest = next
            if !trusted.contains(where: { $0.contains(next) }) { return next }
        }
        return nearest
    }

    func isSecure(in head: RequestHead) -> Bool {
        guard isTrusted else { return false }
        let schemes =
            head[.xForwardedProto].map(Self.list) ?? head[.forwarded].map { Self.parameters("proto", in: $0) }
        return schemes?.last?.lowercased() == "https"
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",", omittingEmptySubsequences: false).map {
            String(decoding: $0.utf8.trimmed, as: UTF8.self)
        }
    }

    private static func parameters(_ name: String, in text: String) -> [String] {
        list(text).map { element in
            for pair in element.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1)
                guard parts.count == 2 else { continue }
                if String(decoding: parts[0].utf8.trimmed, as: UTF8.self).lowercased() == name {
                    return String(decoding: parts[1].utf8.trimmed.filter { $0 != 34 }, as: UTF8.self)
                }
            }
            return ""
        }
    }

    /// `192.0.2.1`, `192.0.2.1:4711`, `2001:db8::1`, `[2001:db8::1]:4711`.
    private static func address(of text: String) -> IPAddress? {
        if text.hasPrefix("["), let end = text.firstIndex(of: "]") {
            return IPAddress(String(text[text.index(after: text.startIndex)..<end]))
        }
        if let address = IPAddress(text) { return address }
        let parts = text.split(separator: ":")
        return parts.count == 2 ? IPAddress(String(parts[0])) : nil
    }
}
