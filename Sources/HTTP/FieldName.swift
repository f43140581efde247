/// The name of a header field, written as it goes out and compared without regard to case.
public struct FieldName: Sendable {
    let text: StaticString

    /// A token of RFC 9110, for example `FieldName("Idempotency-Key")`.
    public init(_ text: StaticString) { self.text = text }

    func matches(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard other.count == text.utf8CodeUnitCount else { return false }
        for index in 0..<other.count
        where other[index].asciiLowercased != text.utf8Start[index].asciiLowercased {
            return false
        }
        return true
    }
}

extension FieldName {
    /// Media ranges the client likes.
    public static let accept = Self("Accept")
    /// Content codings the client can undo.
    public static let acceptEncoding = Self("Accept-Encoding")
    /// Languages the client reads.
    public static let acceptLanguage = Self("Accept-Language")
    /// That ranges may be asked for.
    public static let acceptRanges = Self("Accept-Ranges")
    /// Methods that a 405 would have accepted.
    public static let allow = Self("Allow")
    /// Credentials.
    public static let authorization = Self("Authorization")
    /// Who may keep the answer.
    public static let cacheControl = Self("Cache-Control")
    /// The coding of the body.
    public static let contentEncoding = Self("Content-Encoding")
    /// Which part of a file follows.
    public static let contentRange = Self("Content-Range")
    /// The media type of the body.
    public static let contentType = Self("Content-Type")
    /// The client's cookies.
    public static let cookie = Self("Cookie")
    /// The version of a resource.
    public static let etag = Self("ETag")
    /// What the client expects before it sends the body.
    public static let expect = Self("Expect")
    /// RFC 7239: whom a proxy speaks for.
    public static let forwarded = Self("Forwarded")
    /// Which host is meant.
    public static let host = Self("Host")
    /// Makes a repeated POST one.
    public static let idempotencyKey = Self("Idempotency-Key")
    /// Only if the resource is still this version.
    public static let ifMatch = Self("If-Match")
    /// Only if the resource is no longer this version.
    public static let ifNoneMatch = Self("If-None-Match")
    /// A range of this version, otherwise the whole.
    public static let ifRange = Self("If-Range")
    /// When a file last changed.
    public static let lastModified = Self("Last-Modified")
    /// Where the created thing is, or where to go.
    public static let location = Self("Location")
    /// The site that a browser's script belongs to.
    public static let origin = Self("Origin")
    /// Which part of a file is wanted.
    public static let range = Self("Range")
    /// When to try again.
    public static let retryAfter = Self("Retry-After")
    /// A cookie for the client to keep.
    public static let setCookie = Self("Set-Cookie")
    /// W3C trace context.
    public static let traceParent = Self("traceparent")
    /// How the body is framed.
    public static let transferEncoding = Self("Transfer-Encoding")
    /// The client's name for itself.
    public static let userAgent = Self("User-Agent")
    /// Which request fields an answer depends on.
    public static let vary = Self("Vary")
    /// How to authenticate.
    public static let wwwAuthenticate = Self("WWW-Authenticate")
    /// Whom a proxy speaks for.
    public static let xForwardedFor = Self("X-Forwarded-For")
    /// The scheme that a proxy was asked with.
    public static let xForwardedProto = Self("X-Forwarded-Proto")
}

extension UInt8 {
    var asciiLowercased: UInt8 { self &- 65 < 26 ? self | 0x20 : self }
    var isDigit: Bool { self &- 48 < 10 }
    var hexValue: UInt8? {
        switch self {
        case 48...57: self - 48
        case 65...70: self - 55
        case 97...102: self - 87
        default: nil
        }
    }
}

extension Collection<UInt8> {
    func equalsIgnoringCase(_ other: StaticString) -> Bool {
        guard count == other.utf8CodeUnitCount else { return false }
        return zip(self, UnsafeBufferPointer(start: other.utf8Start, count: count))
            .allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }

    func equalsIgnoringCase(_ other: some Collection<UInt8>) -> Bool {
        count == other.count && zip(self, other).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }

    /// Without the spaces and tabs at both ends.
    var trimmed: SubSequence {
        var rest = self[...]
        while let first = rest.first, first == 32 || first == 9 { rest = rest.dropFirst() }
        var end = rest.startIndex
        for index in rest.indices where rest[index] != 32 && rest[index] != 9 {
            end = rest.index(after: index)
        }
        return rest[..<end]
    }
}
