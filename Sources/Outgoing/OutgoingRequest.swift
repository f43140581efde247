public import HTTP

/// A request to a server that is not ours.
public struct OutgoingRequest: Sendable {
    /// What is asked for.
    public var method: HTTPMethod
    /// The whole address, `https://…`.
    public var url: String
    /// The fields beside those that the transport writes itself.
    public var fields = OutgoingFields()
    /// What is sent along; nothing for most GETs.
    public var body: [UInt8]
    /// How long it may take and how much may come back.
    public var limits: OutgoingLimits

    /// A request with the usual limits.
    public init(
        _ method: HTTPMethod = .get, _ url: String, body: [UInt8] = [],
        limits: OutgoingLimits = OutgoingLimits()
    ) {
        (self.method, self.url, self.body, self.limits) = (method, url, body, limits)
    }
}

/// Header fields on their way out. A control character in a value becomes a space: no value can begin another
/// field.
public struct OutgoingFields: Sendable {
    private(set) var lines: [String] = []

    /// No fields.
    public init() {}

    /// Adds a field; one with an empty value is left out.
    public mutating func add(_ name: StaticString, _ value: String) {
        let scalars = value.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : $0 }
        let value = String(String.UnicodeScalarView(scalars))
        guard !value.allSatisfy({ $0 == " " }) else { return }
        lines.append("\(name): \(value)")
    }
}

/// What a request may cost.
public struct OutgoingLimits: Sendable {
    /// Until the connection stands, its encryption included.
    public var connect = Duration.seconds(5)
    /// From the beginning to the last byte of the answer, waiting for a free connection included.
    public var total = Duration.seconds(20)
    /// An answer that is longer is a fault.
    public var answerBytes = 1 << 20
    /// How many times it may be sent elsewhere; each place is guarded like the first.
    public var redirects = 0

    /// The usual ones.
    public init() {}
}

/// What the server said.
public struct OutgoingAnswer: Sendable {
    /// The code of the last answer.
    public let status: Int
    /// The body, whole.
    public let body: [UInt8]
    private let fields: [(name: String, value: String)]

    init(status: Int, body: [UInt8], lines: [String]) {
        (self.status, self.body) = (status, body)
        fields = lines.compactMap { line in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
            return (line[..<colon].lowercased(), String(value))
        }
    }

    /// The first field of that name, which is written in small letters.
    public subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }
}
