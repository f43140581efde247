import Outgoing

/// Where reports go: `https://KEY@host/PROJECT`, as a Sentry-compatible server gives it.
public struct SentryDSN: Sendable, Equatable {
    /// Where envelopes are posted to.
    public let url: String
    /// What tells the server whose they are; it lets nobody read.
    public let key: String

    /// Nil for anything else. Without TLS only where it is allowed: between a developer and themselves.
    public init?(_ text: String, allowsPlain: Bool = false) {
        guard let server = ServerURL(text),
            server.scheme == "https" || (allowsPlain && server.scheme == "http"),
            let key = server.name, Self.isWord(key), !server.host.isEmpty, server.query.isEmpty
        else { return nil }
        let parts = server.path.split(separator: "/", omittingEmptySubsequences: true)
        guard let project = parts.last, parts.allSatisfy({ Self.isWord(String($0)) }) else { return nil }
        let folder = parts.dropLast().map { "/" + $0 }.joined()
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let port = server.port.map { ":\($0)" } ?? ""
        url = "\(server.scheme)://\(host)\(port)\(folder)/api/\(project)/envelope/"
        self.key = key
    }

    private static func isWord(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
                    || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }
}
