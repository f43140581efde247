import CCurl
import HTTP

/// One HTTP request and its answer.
// Unchecked: touched only on its loop's thread.
final class HTTPTransfer: Transfer, @unchecked Sendable {
    private let request: OutgoingRequest

    init(_ request: OutgoingRequest) {
        self.request = request
        super.init(request.limits)
    }

    var answer: OutgoingAnswer {
        OutgoingAnswer(status: nadi_curl_answer_code(easy), body: body, lines: lines)
    }

    override func prepare(_ addresses: AddressGuard, authorities: String?) -> Bool {
        guard super.prepare(addresses, authorities: authorities) else { return false }
        let schemes = addresses.allowsPlainText ? "http,https" : "https"
        set(CURLOPT_PROTOCOLS_STR, schemes)
        set(CURLOPT_REDIR_PROTOCOLS_STR, schemes)
        set(CURLOPT_FOLLOWLOCATION, request.limits.redirects > 0 ? 1 : 0)
        set(CURLOPT_MAXREDIRS, request.limits.redirects)
        // Without `Expect: 100-continue`: it costs a second with servers that do not know it.
        set(CURLOPT_HTTPHEADER, request.fields.lines + ["Expect:"])
        setMethod()
        return set(CURLOPT_URL, request.url)
    }

    private func setMethod() {
        if !request.body.isEmpty || request.method == .post {
            set(CURLOPT_POST, 1)
            nadi_curl_set_body(easy, request.body, request.body.count)
        }
        if request.method == .head { set(CURLOPT_NOBODY, 1) }
        set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        guard request.method == .post || request.method == .patch else { return }
        // On a kept connection that turns out to be dead libcurl asks once more by itself, and nobody would
        // know that something may have been done twice.
        set(CURLOPT_FRESH_CONNECT, 1)
        set(CURLOPT_FORBID_REUSE, 1)
    }
}
