public import EndpointKit
import HTTP
public import Reception
import Shapes
public import Tenancy

/// Accepts an invitation by the button of its page.
public struct JoinClinic: Endpoint {
    /// `POST /v1/invitation-links/{token}`
    public static let route = Route.post("/v1/invitation-links/{token}")
    /// What it does.
    public static let summary = "Accept an invitation by the button of its page."
    /// What a caller must know.
    public static let details = "The body is `Invitation=Accept`. It can be done once."
    /// Open: the link itself is the proof.
    public static let access = Access<Equipped<TenantRequest, InvitationParts>>(.anyone)
    /// A person's clicks.
    public static let limit = Limit.perAddress(30, per: .seconds(900))
    /// Who works here from then on is kept.
    public static let audit = Audit.changes("staff_member")
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody(
        ["application/x-www-form-urlencoded"], "`Invitation=Accept`.")
    /// The link itself is good once.
    public static let idempotency = Idempotency.none
    /// The link may be over, and what was promised no longer somebody's to give.
    public static let problems: [ProblemCode] = [.notFound, .conflict]

    @In(.path, "What stands in the link.", .length(1...200)) var token: String

    /// Inputs still empty.
    public init() {}

    /// A page that says how one signs in.
    public func respond(to request: Equipped<TenantRequest, InvitationParts>) async throws -> ShortPage {
        let fields = (try? FormField.parse(request.request.http.body)) ?? []
        let field = InvitationWords.field
        guard fields == [FormField(name: field.name, value: field.value)] else {
            throw Problem.invalidInput([
                Complaint(pointer: "", code: "wrong_form", detail: "must be \(field.name)=\(field.value)")
            ])
        }
        let acceptance = Acceptance(token: token, password: nil)
        guard try await acceptance.carryOut(request.request, request.tool) != nil else {
            throw Problem.notFound
        }
        return InvitationWords.done(of: request.request.tenant)
    }
}
