/// Where a Redis is and who we are there: `redis://name:password@host:port/database`.
public struct RedisURL: Sendable, Equatable {
    /// A name, an IPv4 address, or an IPv6 address without its brackets.
    public let host: String
    /// 6379 unless said.
    public let port: UInt16
    /// Nil for the server's default one.
    public let name: String?
    /// Nil for a server that asks for none.
    public let password: String?
    /// The number of the database.
    public let database: Int

    /// Nil for what is no such URL; TLS is the tunnel's in front, so `rediss:` is none.
    public init?(_ text: String) {
        guard text.hasPrefix("redis://") else { return nil }
        let rest = text.dropFirst("redis://".count)
        let path = rest.firstIndex(of: "/").map { rest[rest.index(after: $0)...] } ?? ""
        let authority = rest.prefix { $0 != "/" }
        let at = authority.lastIndex(of: "@")
        let place = at.map { authority[authority.index(after: $0)...] } ?? authority
        guard let (host, port) = Self.split(place), let database = path.isEmpty ? 0 : Int(path),
            (0..<1024).contains(database)
        else { return nil }
        let login = at.map {
            authority[..<$0].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        }
        guard let name = Self.decoded(login?.first ?? ""),
            let password = Self.decoded(login.flatMap { $0.count == 2 ? $0[1] : nil } ?? "")
        else { return nil }
        (self.host, self.port, self.database) = (host, port, database)
        self.name = name.isEmpty ? nil : name
        self.password = password.isEmpty ? nil : password
    }

    private static func split(_ place: Substring) -> (host: String, port: UInt16)? {
        if place.first == "[" {
            guard let end = place.firstIndex(of: "]") else { return nil }
            return port(place[place.index(after: end)...]).map {
                (String(place[..<end].dropFirst()), $0)
            }
        }
        let host = place.prefix { $0 != ":" }
        guard !host.isEmpty else { return nil }
        return port(place[host.endIndex...]).map { (String(host), $0) }
    }

    /// `:6380`, or nothing.
    private static func port(_ text: Substring) -> UInt16? {
        if text.isEmpty { return 6379 }
        return text.first == ":" ? UInt16(text.dropFirst()) : nil
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
