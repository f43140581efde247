import CLLHTTP
import Glibc

/// Bytes in, requests out, however the bytes are cut. The grammar is llhttp's; `HeadScan` and `HeadCheck`
/// refuse what it lets through. Knows no socket and no clock.
public final class RequestParser {
    /// How long a head may be.
    public struct Limits: Sendable {
        /// Bytes of the request line and fields together; at most 65,535.
        public var bytesMax = 16 << 10
        /// Bytes of the request target.
        public var targetBytesMax = 8 << 10
        /// How many fields.
        public var fieldsMax = 100

        /// The usual bounds.
        public init() {}
    }

    /// What the bytes so far amount to.
    public enum Step {
        /// Give more bytes.
        case needsBytes
        /// A head with a body to come: set `bodyBytesMax`, then go on.
        case head(RequestHead)
        /// A whole request.
        case request(RequestHead, body: [UInt8])
    }

    private let limits: Limits
    private var machine = llhttp_t()
    private var inbox: [UInt8] = []
    private var scan = HeadScan()
    private var hasDroppedLine = false
    private var isInBody = false
    private var rawBodyBytes = 0
    // What the callbacks write to.
    fileprivate var draft = HeadCheck()
    fileprivate var head = RequestHead()
    fileprivate var body: [UInt8] = []
    fileprivate var base: UnsafePointer<CChar>?
    fileprivate var isHeadDone = false
    fileprivate var fault: RequestFault?

    /// How much of the present body is taken.
    public var bodyBytesMax = 0

    /// A parser for one connection.
    public init(limits: Limits = Limits()) { self.limits = limits }

    /// Whether nothing of a next request has arrived.
    var isEmpty: Bool { inbox.isEmpty && !isInBody }
    /// Whether bytes wait that may hold another request.
    var hasBytes: Bool { !inbox.isEmpty }
    /// Whether the head is known and its body is not.
    var isReadingBody: Bool { isInBody }
    /// Bytes of the present body so far, chunk framing included.
    var bodyBytesReceived: Int { rawBodyBytes }

    /// Takes bytes as they come.
    public func receive(_ bytes: UnsafeRawBufferPointer) { inbox.append(contentsOf: bytes) }

    /// What came behind the last request: another protocol's first bytes.
    func takeRest() -> [UInt8] {
        defer { inbox = [] }
        return inbox
    }

    /// Reads on. After a fault the connection is of no more use.
    public func next() throws(RequestFault) -> Step {
        if isInBody { return try readBody() }
        dropBlankLine()
        guard let end = try headEnd() else { return .needsBytes }
        takeHead(upTo: end)
        try readHead()
        if !head.announcesBody { return .request(takeFinished(), body: []) }
        isInBody = true
        rawBodyBytes = 0
        return .head(head)
    }

    /// RFC 9112 2.2: a server should ignore an empty line before a request line. One, not thousands.
    private func dropBlankLine() {
        guard !hasDroppedLine, inbox.starts(with: [13, 10]) else { return }
        inbox.removeFirst(2)
        hasDroppedLine = true
    }

    private func headEnd() throws(RequestFault) -> Int? {
        guard !inbox.isEmpty, inbox != [13] else { return nil }
        switch scan.advance(over: inbox, bytesMax: limits.bytesMax) {
        case .fault(let fault): throw fault
        case .end(let end): return end
        case .incomplete: return nil
        }
    }

    /// The usual case, a head and nothing behind it, moves the bytes without a copy.
    private func takeHead(upTo end: Int) {
        head = RequestHead()
        if end == inbox.count {
            swap(&head.bytes, &inbox)
        } else {
            head.bytes = Array(inbox[..<end])
            inbox.removeFirst(end)
        }
        scan = HeadScan()
        hasDroppedLine = false
    }

    private func readHead() throws(RequestFault) {
        llhttp_init(&machine, HTTP_REQUEST, Self.callbacks)
        machine.data = Unmanaged.passUnretained(self).toOpaque()
        draft = HeadCheck()
        (isHeadDone, fault, body) = (false, nil, [])
        head.fields.reserveCapacity(12)
        let isQuery = head.bytes.first == UInt8(ascii: "Q") && head.bytes.starts(with: "QUERY ".utf8)
        // Debian's llhttp is older than QUERY; a head reads the same under another method of that length.
        if isQuery { head.bytes.replaceSubrange(0..<5, with: "TRACE".utf8) }
        let outcome = execute(head.bytes)
        if let fault { throw fault }
        switch outcome.code {
        case HPE_OK, HPE_PAUSED: break
        case HPE_INVALID_METHOD: throw .unknownMethod
        case HPE_INVALID_VERSION: throw .unknownVersion
        case HPE_INVALID_TRANSFER_ENCODING: throw .unknownCoding
        default: throw .malformed
        }
        try draft.finish(&head, machine, limits)
        if isQuery { head.method = .query }
    }

    private func readBody() throws(RequestFault) -> Step {
        if let length = head.contentLength, length > bodyBytesMax { throw .bodyTooLarge }
        if inbox.isEmpty { return .needsBytes }
        let outcome = execute(inbox)
        rawBodyBytes += outcome.used
        inbox.removeFirst(outcome.used)
        if inbox.isEmpty { inbox = [] }
        if let fault { throw fault }
        guard isFramingModest(at: rawBodyBytes) else { throw .malformed }
        switch outcome.code {
        case HPE_OK: return .needsBytes
        case HPE_PAUSED:
            isInBody = false
            let whole = body
            body = []
            return .request(takeFinished(), body: whole)
        default: throw .malformed
        }
    }

    private func takeFinished() -> RequestHead {
        let finished = head
        head = RequestHead()
        return finished
    }

    private func execute(_ bytes: [UInt8]) -> (code: llhttp_errno_t, used: Int) {
        bytes.withUnsafeBytes { all in
            guard let start = all.baseAddress?.assumingMemoryBound(to: CChar.self) else { return (HPE_OK, 0) }
            base = start
            let code = llhttp_execute(&machine, start, all.count)
            guard code == HPE_PAUSED, let position = machine.error_pos else { return (code, all.count) }
            return (code, position - start)
        }
    }
}

extension RequestParser {
    /// A range of the head; only while the head is read, because trailers come from another buffer.
    fileprivate func range(_ start: UnsafePointer<CChar>?, _ count: Int) -> Range<UInt16>? {
        guard !isHeadDone, let base, let start else { return nil }
        let offset = start - base
        return UInt16(offset)..<UInt16(offset + count)
    }

    /// Chunk extensions and trailers may be a few kilobytes, and sizes several times their data: a client
    /// that sends more framing than that sends no body (CVE-2024-22019).
    private func isFramingModest(at rawBytes: Int) -> Bool {
        rawBytes <= 2 * limits.bytesMax + 8 * body.count
    }

    fileprivate func append(_ start: UnsafePointer<CChar>?, _ count: Int) -> Int32 {
        guard let base, let start, isFramingModest(at: rawBodyBytes + (start - base)) else {
            fault = .malformed
            return -1
        }
        guard body.count + count <= bodyBytesMax else {
            fault = .bodyTooLarge
            return -1
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
        return 0
    }

    fileprivate static func of(_ machine: UnsafeMutablePointer<llhttp_t>?) -> RequestParser? {
        guard let data = machine?.pointee.data else { return nil }
        return Unmanaged<RequestParser>.fromOpaque(data).takeUnretainedValue()
    }

    // Written once, before any parser exists, and only read afterwards.
    private nonisolated(unsafe) static let callbacks: UnsafeMutablePointer<llhttp_settings_t> = {
        let callbacks = UnsafeMutablePointer<llhttp_settings_t>.allocate(capacity: 1)
        llhttp_settings_init(callbacks)
        callbacks.pointee.on_url = { machine, start, count in
            guard let parser = of(machine), let range = parser.range(start, count) else { return -1 }
            parser.draft.target = Int(range.lowerBound)..<Int(range.upperBound)
            return 0
        }
        callbacks.pointee.on_header_field = { machine, start, count in
            guard let parser = of(machine), let range = parser.range(start, count) else { return 0 }
            parser.draft.name = range
            return 0
        }
        callbacks.pointee.on_header_value = { machine, start, count in
            var length = count
            while length > 0, let last = start?[length - 1], last == 32 || last == 9 { length -= 1 }
            guard let parser = of(machine), let range = parser.range(start, length) else { return 0 }
            parser.head.fields.append(.init(name: parser.draft.name, value: range))
            return 0
        }
        callbacks.pointee.on_headers_complete = { machine in
            // What a client would like to upgrade to is ignored: the body that follows is a body.
            machine?.pointee.upgrade = 0
            of(machine)?.isHeadDone = true
            return 0
        }
        callbacks.pointee.on_body = { machine, start, count in of(machine)?.append(start, count) ?? -1 }
        callbacks.pointee.on_message_complete = { _ in Int32(HPE_PAUSED.rawValue) }
        return callbacks
    }()
}
