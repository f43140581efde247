/// How an answer leaves: decided from the request's head and the answer alone, then written.
struct Delivery {
    enum Framing: Equatable {
        /// No body and no length: 1xx, 204, 304.
        case bare
        case length(Int)
        case chunked
        /// An HTTP/1.0 client learns the end of a stream from the end of the connection.
        case untilClose
    }

    enum Payload {
        case none
        case bytes([UInt8])
        case file(FileBody, Range<Int>)
        case stream(StreamBody)
        case upgrade(UpgradeBody)
    }

    /// A body that may go on for long, and all that it needs of its answer.
    enum Rest: Sendable {
        case stream(StreamBody, isChunked: Bool)
        case upgrade(UpgradeBody)
    }

    private(set) var status: HTTPStatus
    private(set) var fields: ResponseFields
    private(set) var framing: Framing
    private(set) var payload: Payload

    /// `head` is nil for an answer to what never became a request.
    init(
        _ response: HTTPResponse, to head: RequestHead?, compressionBytesMin: Int = .max,
        compress: ([UInt8]) -> [UInt8]? = { _ in nil }
    ) {
        status = response.status
        fields = response.fields
        (framing, payload) = (.bare, .none)
        if case .upgrade(let talk) = response.body, head?.method == .get { payload = .upgrade(talk) }
        guard !status.forbidsBody else { return }
        switch response.body {
        case .none, .upgrade: framing = .length(0)
        case .bytes(let bytes):
            deliver(bytes)
            if response.mayCompress, bytes.count > compressionBytesMin { negotiate(bytes, head, compress) }
        case .file(let file): deliver(file, head)
        case .stream(let write):
            payload = .stream(write)
            framing = head?.isVersion11 == true ? .chunked : .untilClose
        }
        if head?.method == .head { payload = .none }
    }

    private mutating func deliver(_ bytes: [UInt8]) {
        framing = .length(bytes.count)
        payload = .bytes(bytes)
    }

    /// A strong ETag comes back in `If-Match`, where it must name the resource and not one coding of it, and
    /// a weakened one would never match there: an answer that carries one is left as it is.
    private mutating func negotiate(_ bytes: [UInt8], _ head: RequestHead?, _ compress: ([UInt8]) -> [UInt8]?)
    {
        guard isText, !hasStrongTag, fields.value(of: .contentEncoding) == nil else { return }
        fields.add(.vary, "Accept-Encoding")
        guard head?.withField(.acceptEncoding, AcceptedCodings.allowGzip) == true,
            let packed = compress(bytes)
        else { return }
        fields.add(.contentEncoding, "gzip")
        deliver(packed)
    }

    private mutating func deliver(_ file: FileBody, _ head: RequestHead?) {
        let whole = 0..<file.size
        (framing, payload) = (.length(file.size), .file(file, whole))
        guard status == 200 else { return }
        fields.add(.acceptRanges, "bytes")
        guard let head, head.method == .get, isStillSame(head) else { return }
        switch head.withField(.range, { ByteRange($0, size: file.size) }) ?? .whole {
        case .whole: break
        case .part(let range):
            status = 206
            fields.add(.contentRange, "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(file.size)")
            (framing, payload) = (.length(range.count), .file(file, range))
        case .unsatisfiable:
            status = 416
            fields.add(.contentRange, "bytes */\(file.size)")
            (framing, payload) = (.length(0), .none)
        }
    }

    /// Whether what the client holds a part of is what would be sent now. Compared as text: a weak tag never
    /// equals.
    private func isStillSame(_ head: RequestHead) -> Bool {
        guard head.has(.ifRange) else { return true }
        guard let held = head[.ifRange] else { return false }
        return held.hasPrefix("\"")
            ? held == fields[.etag] : !held.hasPrefix("W/") && held == fields[.lastModified]
    }

    private var hasStrongTag: Bool { fields.value(of: .etag).map { fields.bytes[$0].first == 34 } ?? false }

    private var isText: Bool {
        guard let range = fields.value(of: .contentType) else { return false }
        let type = fields.bytes[range].prefix { $0 != 59 }.trimmed
        if type.starts(with: "text/".utf8) { return !type.elementsEqual("text/event-stream".utf8) }
        return type.starts(with: "application/".utf8)
            && ["json", "xml", "javascript", "manifest"].contains {
                type.reversed().starts(with: $0.utf8.reversed())
            }
            || type.elementsEqual("image/svg+xml".utf8)
    }

    var rest: Rest? {
        switch payload {
        case .none, .bytes, .file: nil
        case .stream(let write): .stream(write, isChunked: framing == .chunked)
        case .upgrade(let talk): .upgrade(talk)
        }
    }

    var isUpgrade: Bool { if case .upgrade = payload { true } else { false } }

    /// Appends the head.
    func writeHead(dateLine: [UInt8], connection: ConnectionField, to out: inout [UInt8]) {
        out.append("HTTP/1.1 ")
        out.append(decimal: status.code)
        out.append(" ")
        out.append(status.reason)
        out.append("\r\n")
        out.append(contentsOf: dateLine)
        out.append(contentsOf: fields.bytes)
        switch framing {
        case .bare, .untilClose: break
        case .chunked: out.append("Transfer-Encoding: chunked\r\n")
        case .length(let length):
            out.append("Content-Length: ")
            out.append(decimal: length)
            out.append("\r\n")
        }
        switch connection {
        case .implied: out.append("\r\n")
        case .close: out.append("Connection: close\r\n\r\n")
        case .keepAlive: out.append("Connection: keep-alive\r\n\r\n")
        }
    }

    /// What the client is told about the connection's future.
    enum ConnectionField {
        /// HTTP/1.1 and staying open: nothing needs saying.
        case implied
        case close
        /// An HTTP/1.0 client that asked to keep it.
        case keepAlive
    }
}
