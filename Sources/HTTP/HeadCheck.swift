import CLLHTTP

/// What a head must satisfy beyond llhttp's grammar, and the facts read off it while doing so.
struct HeadCheck {
    var target = 0..<0
    var name: Range<UInt16> = 0..<0

    private enum Weighty { case host, contentLength, transferEncoding, expect }

    func finish(_ head: inout RequestHead, _ machine: llhttp_t, _ limits: RequestParser.Limits)
        throws(RequestFault)
    {
        guard machine.http_major == 1, machine.http_minor <= 1 else { throw .unknownVersion }
        head.isVersion11 = machine.http_minor == 1
        guard let method = Self.method(machine.method) else { throw .unknownMethod }
        head.method = method
        guard target.count <= limits.targetBytesMax else { throw .targetTooLong }
        guard head.fields.count <= limits.fieldsMax else { throw .headTooLarge }
        let target = try RequestTarget(target, of: head.bytes, method: method)
        (head.pathRange, head.queryRange) = (target.path, target.query)
        try checkFields(&head, authority: target.authority)
        var machine = machine
        head.keepsAlive = llhttp_should_keep_alive(&machine) != 0
    }

    private func checkFields(_ head: inout RequestHead, authority: Range<Int>?) throws(RequestFault) {
        var hosts = 0, codings = 0
        for field in head.fields {
            let value = head.bytes[field.valueIndices]
            switch Self.weight(of: head.bytes[field.nameIndices]) {
            case .host:
                hosts += 1
                guard HostField.isValid(value) else { throw .malformed }
                if let authority, !Self.areEqual(head.bytes[authority], value) { throw .malformed }
            case .contentLength:
                guard head.contentLength == nil, let length = Self.number(value) else { throw .malformed }
                head.contentLength = length
            case .transferEncoding:
                codings += 1
                guard value.trimmed.equalsIgnoringCase("chunked") else { throw .unknownCoding }
                head.isChunked = true
            case .expect:
                guard value.trimmed.equalsIgnoringCase("100-continue") else { throw .unknownExpectation }
                head.expectsContinue = head.isVersion11
            case nil: break
            }
        }
        guard hosts == 1 || hosts == 0 && !head.isVersion11 && authority == nil else { throw .malformed }
        guard codings <= (head.isVersion11 ? 1 : 0), codings == 0 || head.contentLength == nil else {
            throw .malformed
        }
    }

    private static func weight(of name: ArraySlice<UInt8>) -> Weighty? {
        switch name.count {
        case 4 where name.equalsIgnoringCase("host"): .host
        case 6 where name.equalsIgnoringCase("expect"): .expect
        case 14 where name.equalsIgnoringCase("content-length"): .contentLength
        case 17 where name.equalsIgnoringCase("transfer-encoding"): .transferEncoding
        default: nil
        }
    }

    /// Digits only; llhttp has refused what does not fit 64 bits.
    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...18).contains(digits.count), digits.allSatisfy(\.isDigit) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int($1 - 48) }
    }

    private static func areEqual(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }

    private static func method(_ number: UInt8) -> HTTPMethod? {
        switch llhttp_method_t(UInt32(number)) {
        case HTTP_GET: .get
        case HTTP_HEAD: .head
        case HTTP_POST: .post
        case HTTP_PUT: .put
        case HTTP_PATCH: .patch
        case HTTP_DELETE: .delete
        case HTTP_OPTIONS: .options
        case HTTP_TRACE: .trace
        default: nil
        }
    }
}
