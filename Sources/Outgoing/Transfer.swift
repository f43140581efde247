import CCurl
import HTTP

/// One exchange with a server, from its options to its outcome. Subclasses say which.
// Unchecked: touched only on its loop's thread.
class Transfer: @unchecked Sendable {
    private static let headBytesMax = 64 << 10

    let easy: UnsafeMutableRawPointer
    let limits: OutgoingLimits
    var continuation: UnsafeContinuation<Void, any Error>?
    private(set) var body: [UInt8] = []
    /// The lines of the last head, or what a mail server said, in order.
    private(set) var lines: [String] = []
    private var headBytes = 0
    private var isTooLarge = false
    private var refusals = 0
    private var addresses = AddressGuard.publicOnly()
    private var lists: [UnsafeMutablePointer<curl_slist>] = []

    init(_ limits: OutgoingLimits) {
        self.limits = limits
        guard let easy = curl_easy_init() else { preconditionFailure("libcurl has no memory") }
        self.easy = easy
    }

    deinit {
        curl_easy_cleanup(easy)
        for list in lists { curl_slist_free_all(list) }
    }

    /// Tells libcurl everything; false when it does not like something, which is then the address.
    func prepare(_ addresses: AddressGuard, authorities: String?) -> Bool {
        self.addresses = addresses
        listen()
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_NOPROGRESS, 1)
        set(CURLOPT_PROXY, "")
        set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let authorities { set(CURLOPT_CAINFO, authorities) }
        set(CURLOPT_CONNECTTIMEOUT_MS, limits.connect.wholeMilliseconds)
        set(CURLOPT_TIMEOUT_MS, limits.total.wholeMilliseconds)
        return true
    }

    /// The next bytes that the server is to have, at most `room` of them.
    func feed(_ buffer: UnsafeMutablePointer<CChar>, _ room: Int) -> Int { 0 }

    /// A line of the answer's head, or of what a mail server says.
    func heard(_ line: String) {}

    /// The transfer is over; its connection may be kept by libcurl.
    func leave() {}

    /// Whether the server may have acted, should its answer be missing.
    var mayHaveArrived: Bool { nadi_curl_has_begun(easy) != 0 }

    /// Nil when there is an answer.
    func fault(of result: CURLcode) -> OutgoingFault? {
        if result == CURLE_OK { return nil }
        if isTooLarge { return OutgoingFault(.tooLarge, mayHaveArrived: true) }
        let kind = Self.kinds[result.rawValue] ?? .broken
        let isRefused = kind == .unreachable && refusals > 0
        return OutgoingFault(isRefused ? .refusedAddress : kind, mayHaveArrived: mayHaveArrived)
    }

    func finish(_ error: (any Error)?) {
        let waiting = continuation
        continuation = nil
        if let error { waiting?.resume(throwing: error) } else { waiting?.resume() }
    }

    private static let kinds: [UInt32: OutgoingFault.Kind] = [
        CURLE_URL_MALFORMAT.rawValue: .badAddress, CURLE_UNSUPPORTED_PROTOCOL.rawValue: .badAddress,
        CURLE_COULDNT_RESOLVE_HOST.rawValue: .unresolved, CURLE_COULDNT_CONNECT.rawValue: .unreachable,
        CURLE_OPERATION_TIMEDOUT.rawValue: .timeout, CURLE_TOO_MANY_REDIRECTS.rawValue: .tooManyRedirects,
        CURLE_PEER_FAILED_VERIFICATION.rawValue: .untrusted, CURLE_SSL_CONNECT_ERROR.rawValue: .untrusted,
        CURLE_SSL_CACERT_BADFILE.rawValue: .untrusted, CURLE_USE_SSL_FAILED.rawValue: .untrusted,
        CURLE_LOGIN_DENIED.rawValue: .signInRefused, CURLE_FILESIZE_EXCEEDED.rawValue: .tooLarge,
    ]
}

/// Options, each kind by its own shim. libcurl copies texts.
extension Transfer {
    @discardableResult
    func set(_ option: CURLoption, _ number: Int) -> Bool {
        nadi_curl_set_number(easy, option, number) == CURLE_OK
    }

    @discardableResult
    func set(_ option: CURLoption, _ text: String) -> Bool {
        nadi_curl_set_text(easy, option, text) == CURLE_OK
    }

    func set(_ option: CURLoption, _ texts: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for text in texts { list = curl_slist_append(list, text) ?? list }
        guard let list else { return }
        lists.append(list)
        nadi_curl_set_list(easy, option, list)
    }
}

/// What libcurl tells a transfer.
extension Transfer {
    private func listen() {
        nadi_curl_listen(
            easy, Unmanaged.passUnretained(self).toOpaque(),
            { bytes, size, count, me in Transfer.at(me)?.took(bytes, size * count) ?? 0 },
            { bytes, size, count, me in Transfer.at(me)?.tookLine(bytes, size * count) ?? 0 },
            { bytes, size, count, me in
                guard let bytes else { return 0 }
                return Transfer.at(me)?.feed(bytes, size * count) ?? 0
            },
            { me, _, address in
                guard let address, let transfer = Transfer.at(me) else { return CURL_SOCKET_BAD }
                return transfer.open(address)
            })
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        pointer.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    /// Taking less than was given ends the transfer.
    private func took(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard body.count + count <= limits.answerBytes else {
            isTooLarge = true
            return 0
        }
        body.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
        return count
    }

    /// A status line begins a new head: what an interim answer or a redirect said is forgotten.
    private func tookLine(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        headBytes += count
        guard headBytes <= Self.headBytesMax else {
            isTooLarge = true
            return 0
        }
        var text = UnsafeRawBufferPointer(start: bytes, count: count)[...]
        while let last = text.last, last == 13 || last == 10 || last == 32 { text = text.dropLast() }
        if text.starts(with: "HTTP/".utf8) { lines.removeAll() }
        guard !text.isEmpty else { return count }
        let line = String(decoding: text, as: UTF8.self)
        lines.append(line)
        heard(line)
        return count
    }

    private func open(_ address: UnsafeMutablePointer<curl_sockaddr>) -> Int32 {
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 46) { buffer -> String in
            guard let start = buffer.baseAddress else { return "" }
            nadi_curl_address_text(address, start)
            return String(cString: start)
        }
        guard let known = IPAddress(text), addresses.allows(known) else {
            refusals += 1
            return CURL_SOCKET_BAD
        }
        return nadi_curl_open_socket(address)
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return max(1, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
    }
}
