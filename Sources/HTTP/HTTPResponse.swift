/// Writes a body piece by piece, on the connection's actor.
public typealias StreamBody = @Sendable (ResponseWriter) async throws -> Void

/// An answer. The engine adds Date, Content-Length or Transfer-Encoding, and Connection; it compresses text
/// and cuts ranges out of files by itself.
public struct HTTPResponse: Sendable {
    /// What follows the head.
    public enum Body: Sendable {
        case none
        case bytes([UInt8])
        case file(FileBody)
        /// Written piece by piece, for as long as the closure runs; an error cuts the connection, so that the
        /// client never takes a part for the whole.
        case stream(StreamBody)
        /// From the head on the connection speaks another protocol, for as long as the closure runs. The
        /// status is 101, and the fields name the protocol.
        case upgrade(UpgradeBody)
    }

    /// The status.
    public var status: HTTPStatus
    /// The fields, without those the engine adds.
    public var fields: ResponseFields
    /// What follows the head.
    public var body: Body
    /// Cleared for an answer that holds a secret beside something the client chose: compressed, its length
    /// would tell.
    public var mayCompress = true

    /// An answer of any kind.
    public init(status: HTTPStatus, fields: ResponseFields = ResponseFields(), body: Body = .none) {
        (self.status, self.fields, self.body) = (status, fields, body)
    }

    /// An answer whose whole body is known.
    public init(status: HTTPStatus = 200, type: StaticString, body: [UInt8]) {
        self.init(status: status, body: .bytes(body))
        fields.add(.contentType, type)
    }

    /// An answer written piece by piece, with back-pressure.
    public static func stream(
        status: HTTPStatus = 200, type: StaticString,
        _ write: @escaping StreamBody
    ) -> HTTPResponse {
        var response = HTTPResponse(status: status, body: .stream(write))
        response.fields.add(.contentType, type)
        return response
    }
}
