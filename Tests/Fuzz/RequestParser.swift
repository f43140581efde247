import HTTP

/// Whatever the bytes are and however they are cut, the parser ends with the same requests and the same
/// fault, never with a body longer than it may be; and what reads a head (fields, queries, routes) bears
/// every head it lets through.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzRequestParser(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    let whole = reading([bytes])
    guard count > 1 else { return 0 }
    let split = 1 + bytes.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xffff } % (count - 1)
    let parts = [
        UnsafeRawBufferPointer(rebasing: bytes[..<split]), UnsafeRawBufferPointer(rebasing: bytes[split...]),
    ]
    precondition(reading(parts) == whole, "cut elsewhere, read otherwise")
    return 0
}

private let bodyBytesMax = 1_000

private let routes: RouteTrie<Int> = {
    var routes = RouteTrie<Int>()
    for (number, pattern) in ["/", "/a", "/a/{b}", "/a/{b}/c", "/{d}/c/{e}"].enumerated() {
        try? routes.add(.get, pattern, number)
    }
    return routes
}()

private func reading(_ pieces: [UnsafeRawBufferPointer]) -> Int {
    let parser = RequestParser()
    parser.bodyBytesMax = bodyBytesMax
    var hasher = Hasher()
    do {
        for piece in pieces {
            parser.receive(piece)
            while note(try parser.next(), &hasher) {}
        }
    } catch {
        hasher.combine(error)
    }
    return hasher.finalize()
}

/// Whether there may be more without more bytes.
private func note(_ step: RequestParser.Step, _ hasher: inout Hasher) -> Bool {
    switch step {
    case .needsBytes: return false
    case .head(let head): precondition(head.announcesBody)
    case .request(let head, let body): note(head, body, &hasher)
    }
    return true
}

private func note(_ head: RequestHead, _ body: [UInt8], _ hasher: inout Hasher) {
    precondition(body.count <= bodyBytesMax)
    precondition(head.contentLength.map { $0 == body.count } ?? (head.isChunked || body.isEmpty))
    let isRooted = head.withPath { $0.first == 47 || head.method == .options && $0.elementsEqual("*".utf8) }
    precondition(isRooted, "a path without a slash")
    hasher.combine(head.method)
    hasher.combine(head.path)
    hasher.combine(head.query)
    hasher.combine(head[.host])
    hasher.combine(head[.transferEncoding])
    hasher.combine(body)
    hasher.combine(try? FormField.parse(Array(head.query.utf8)).count)
    head.withPath { path in
        if case .found(let route, let parameters) = routes.match(head.method, path: path) {
            hasher.combine(route)
            hasher.combine(parameters["b"])
        }
    }
}
