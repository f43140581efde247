import Access
public import EndpointKit
public import HTTP
import Shapes

/// What a request's fields demand before anything is done.
enum Preconditions {
    static func check(
        _ http: HTTPRequest, idempotency: Idempotency, precondition: Precondition, audit: Audit
    ) throws(Problem) {
        if audit != .silent { _ = try Purpose(field: http[.purposeOfUse]) }
        if precondition == .demanded, http[.ifMatch] == nil { throw Problem(.preconditionRequired) }
        guard idempotency != .none else { return }
        if let field = http[.idempotencyKey] {
            guard IdempotencyKey(field) == nil else { return }
            throw complaint("wrong_form", "must be 1 to 255 visible ASCII characters")
        }
        if idempotency == .demanded { throw complaint("missing", "must be sent") }
    }

    private static func complaint(_ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: "/header/idempotency-key", code: code, detail: detail)])
    }
}

extension HTTPRequest {
    /// Throws `preconditionFailed` when the caller decided on another revision than the one there is now. A
    /// caller who names none has not asked; where one must be named, the endpoint's declaration says so.
    public func requireMatch(of revision: String) throws(Problem) {
        guard let field = self[.ifMatch] else { return }
        guard let tags = EntityTags(field) else {
            throw .invalidInput([
                Complaint(
                    pointer: "/header/if-match", code: "wrong_form",
                    detail: "must be * or entity tags in quotes")
            ])
        }
        guard tags.matchesStrongly(revision) else { throw Problem(.preconditionFailed) }
    }
}

extension StoredAnswer {
    /// The answer to the request that it was made for: 304 without a body where the caller has this revision
    /// already.
    func response(to http: HTTPRequest) -> HTTPResponse {
        guard let etag, status == 200, http.method == .get || http.method == .head,
            let field = http[.ifNoneMatch], let tags = EntityTags(field),
            tags.matchesWeakly(String(etag.dropFirst().dropLast()))
        else { return response(isReplay: false) }
        var response = HTTPResponse(status: 304)
        response.fields.add(.etag, etag)
        return response
    }

    func response(isReplay: Bool) -> HTTPResponse {
        var response = HTTPResponse(status: HTTPStatus(Int(status)), fields: ResponseFields(capacity: 768))
        if status != 204 {
            response.fields.add(.contentType, "application/json")
            response.body = .bytes(body)
        }
        if let location { response.fields.add(.location, location) }
        if let etag { response.fields.add(.etag, etag) }
        if isReplay { response.fields.add(.idempotencyReplayed, "true") }
        return response
    }
}
