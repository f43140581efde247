import Crypto
public import HTTP

/// What a client asks that wants to leave HTTP (RFC 6455, 4.2.1).
public struct Handshake: Sendable {
    /// Why a request is none.
    public enum Flaw: Error, Sendable, Equatable {
        /// It asks for no WebSocket, or for another version.
        case notAsked
        /// Its key is no sixteen bytes of Base64.
        case key
        /// A page of another origin asks, with its reader's rights.
        case origin
    }

    /// The value of `Sec-WebSocket-Accept`, which proves that the request was understood.
    public let accept: String

    /// Reads the fields of a request.
    public init(_ request: HTTPRequest) throws(Flaw) {
        guard request.method == .get, Self.names("websocket", in: request[FieldName("Upgrade")]),
            Self.names("upgrade", in: request[FieldName("Connection")]),
            request[FieldName("Sec-WebSocket-Version")] == "13"
        else { throw .notAsked }
        guard let key = request[FieldName("Sec-WebSocket-Key")], Self.isKey(key) else { throw .key }
        guard Self.isOwn(request[.origin], host: request[.host] ?? "") else { throw .origin }
        accept = Self.accept(key)
    }

    /// The fields of the answer, which is 101.
    public var fields: ResponseFields {
        var fields = ResponseFields()
        fields.add(FieldName("Upgrade"), "websocket")
        fields.add(FieldName("Connection"), "Upgrade")
        fields.add(FieldName("Sec-WebSocket-Accept"), accept)
        return fields
    }

    static func accept(_ key: String) -> String {
        Base64.text(of: SHA1.digest(of: Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }

    private static func names(_ word: String, in list: String?) -> Bool {
        (list ?? "").split(separator: ",").contains { part in
            part.split(separator: " ").joined().lowercased() == word
        }
    }

    /// Sixteen bytes are 22 letters, of which the last holds two bits, and two signs of padding.
    private static func isKey(_ key: String) -> Bool { Base64.decode(key.utf8)?.count == 16 }

    /// No origin at all is a program's, which has no reader whose rights it could borrow.
    private static func isOwn(_ origin: String?, host: String) -> Bool {
        guard let origin else { return true }
        return ["http://", "https://"].contains { origin.lowercased() == $0 + host.lowercased() }
    }
}
