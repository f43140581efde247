/// The logins of a database: one for each of the house's roles, and the one that may make roles.
public struct DatabaseURLs: Sendable, Equatable {
    /// May do anything; used to make roles, never by the server.
    public let superuser: String
    /// Owns the tables and runs migrations.
    public let owner: String
    /// What the server is: bound by row security, owner of nothing.
    public let app: String
    /// Reads the audit trail.
    public let auditor: String
    /// Reads the few tables that span clinics.
    public let platform: String
    /// Takes the jobs and reads the events of every clinic, and sees nothing else of any.
    public let worker: String

    /// The logins of a cluster that answers on a socket in a directory of its own.
    public init(socketDirectory: String, database: String) {
        let host = percentEncoded(socketDirectory)
        func login(_ role: String) -> String { "postgresql:///\(database)?host=\(host)&user=\(role)" }
        superuser = login("postgres")
        (owner, app, auditor) = (login("nadi_owner"), login("nadi_app"), login("nadi_auditor"))
        (platform, worker) = (login("nadi_platform"), login("nadi_worker"))
    }

    /// The logins of a database that somebody else runs: `url` is its administrator's, and the same server is
    /// asked as the house's roles. Nil when the URL cannot be read.
    public init?(administrator url: String, password: String?) {
        guard let parts = URLParts(url) else { return nil }
        superuser = url
        owner = parts.adding("options=-c%20role%3Dnadi_owner")
        app = parts.login("nadi_app", password)
        auditor = parts.login("nadi_auditor", password)
        platform = parts.login("nadi_platform", password)
        worker = parts.login("nadi_worker", password)
    }
}

/// A connection URL, taken apart as far as replacing its login needs.
private struct URLParts {
    private let scheme: String
    private let login: String
    private let server: String
    private let query: [String]

    init?(_ url: String) {
        guard let mark = url.firstRange(of: "://") else { return nil }
        scheme = String(url[..<mark.lowerBound])
        guard scheme == "postgres" || scheme == "postgresql" else { return nil }
        let rest = url[mark.upperBound...]
        let head = rest.prefix { $0 != "?" }
        query = rest.dropFirst(head.count + 1).split(separator: "&").map(String.init)
        let at = head.lastIndex(of: "@")
        login = at.map { String(head[...$0]) } ?? ""
        server = String(at.map { head[head.index(after: $0)...] } ?? head[...])
    }

    func adding(_ parameter: String) -> String { assembled(login, query + [parameter]) }

    func login(_ role: String, _ password: String?) -> String {
        let kept = query.filter { !$0.hasPrefix("user=") && !$0.hasPrefix("password=") }
        return assembled(role + (password.map { ":" + percentEncoded($0) } ?? "") + "@", kept)
    }

    private func assembled(_ login: String, _ query: [String]) -> String {
        "\(scheme)://\(login)\(server)" + (query.isEmpty ? "" : "?" + query.joined(separator: "&"))
    }
}

/// Everything but letters, digits and a few marks, as `%2F`.
func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { result, byte in
        let scalar = Unicode.Scalar(byte)
        if scalar.properties.isAlphabetic && byte < 128 || (48...57).contains(byte)
            || "-._~".utf8.contains(byte)
        {
            result.unicodeScalars.append(scalar)
        } else {
            result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
    }
}
