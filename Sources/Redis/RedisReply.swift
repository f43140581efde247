import CHiredis

/// What Redis answers (RESP2).
public enum RedisReply: Sendable, Equatable {
    /// There is no such thing.
    case nothing
    /// A whole number.
    case number(Int)
    /// Bytes that somebody stored.
    case bytes([UInt8])
    /// One word of the server's own: `OK`.
    case word(String)
    /// Several answers.
    case list([RedisReply])
    /// The server says no: `WRONGTYPE …`.
    case refusal(String)

    /// The bytes as text, where it is bytes or a word.
    public var text: String? {
        switch self {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .word(let word): word
        case .nothing, .number, .list, .refusal: nil
        }
    }

    /// The number, where it is one.
    public var number: Int? { if case .number(let number) = self { number } else { nil } }

    /// The members, where it is a list.
    public var members: [RedisReply]? { if case .list(let members) = self { members } else { nil } }
}

/// Why there is no answer. Callers go on without: nothing that must survive is asked of Redis.
public enum RedisFault: Error, Sendable, Equatable {
    /// No connection is open now; nothing was sent.
    case away
    /// The answer did not come within the patience. What was asked may have been done.
    case late
    /// The connection was lost before the answer. What was asked may have been done.
    case lost
    /// What came is no RESP2, or too long.
    case garbled
    /// The server answered with an error.
    case refused(String)
}

/// hiredis' reader: bytes in, answers out.
final class ReplyReader {
    /// What one answer may be long.
    static let bytesMax = 1 << 20

    private let reader: UnsafeMutablePointer<redisReader>?
    private var unread = 0

    init() { reader = redisReaderCreate() }

    deinit { redisReaderFree(reader) }

    func feed(_ bytes: UnsafeRawBufferPointer) throws {
        unread += bytes.count
        let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
        guard redisReaderFeed(reader, start, bytes.count) == REDIS_OK else { throw RedisFault.garbled }
    }

    /// The next whole answer; nil when more bytes are needed.
    func next() throws -> RedisReply? {
        var found: UnsafeMutableRawPointer?
        guard redisReaderGetReply(reader, &found) == REDIS_OK else { throw RedisFault.garbled }
        guard let found else {
            guard unread <= Self.bytesMax else { throw RedisFault.garbled }
            return nil
        }
        defer { freeReplyObject(found) }
        unread = (reader?.pointee.len ?? 0) - (reader?.pointee.pos ?? 0)
        return RedisReply(found.assumingMemoryBound(to: redisReply.self).pointee)
    }
}

extension RedisReply {
    fileprivate init(_ reply: redisReply) {
        switch reply.type {
        case REDIS_REPLY_INTEGER: self = .number(Int(reply.integer))
        case REDIS_REPLY_STRING: self = .bytes(Self.bytes(of: reply))
        case REDIS_REPLY_STATUS: self = .word(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: self = .refusal(String(decoding: Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ARRAY:
            self = .list(
                UnsafeBufferPointer(start: reply.element, count: Int(reply.elements)).compactMap {
                    $0.map { RedisReply($0.pointee) }
                })
        default: self = .nothing
        }
    }

    private static func bytes(of reply: redisReply) -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: reply.str, count: Int(reply.len)))
    }
}
