import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Sets the caller's password, the first one too.
public struct ChangePassword: Endpoint {
    /// `POST /v1/auth/password/change`
    public static let route = Route.post("/v1/auth/password/change")
    /// What it does.
    public static let summary = "Choose my password."
    /// What a caller must know.
    public static let details = """
        Twelve characters or more that are hard to guess, also for somebody who knows the person and the clinic, and none of \
        the last five. The person's other sign-ins end.
        """
    /// Staff who have just proven who they are.
    public static let access = Access<Fresh<Equipped<CallerRequest, CredentialParts>>>(.signedIn)
    /// What a thief would do first.
    public static let limit = Limit.of(.sensitive)
    /// That it was done is kept.
    public static let audit = Audit.changes("session")
    /// Setting it twice is setting it.
    public static let idempotency = Idempotency.none
    /// The proof may be too old; patients have no passwords.
    public static let problems: [ProblemCode] = [.notAllowed]

    @In(.body, "The new password.", .length(1...256)) var password: String

    /// Inputs still empty.
    public init() {}

    /// This sign-in stays.
    public func respond(to fresh: Fresh<Equipped<CallerRequest, CredentialParts>>) async throws -> NoContent {
        let (request, parts) = (fresh.request.request, fresh.request.tool)
        let owner: PasswordOwner? = try await request.clinic.row(
            PasswordOwner.withID(try request.staffMember(), in: request.tenant.id))
        guard let owner else { throw Problem.signInRequired }
        let choice = try await NewPassword(password, for: owner, at: request.tenant, by: parts.passwords)
        try await request.clinic.write { clinic in
            try await choice.set(but: request.caller.session, request.request, in: clinic)
        }
        return NoContent()
    }
}

extension CallerRequest {
    /// Who of the staff asks; patients and programs are told that it is not for them.
    func staffMember() throws(Problem) -> ID<StaffMember> {
        guard let staffMember = caller.staffMember else { throw .notAllowed }
        return staffMember
    }

    /// Which of the clinic's own people asks.
    func person() throws(Problem) -> Person {
        guard let person = caller.personOfClinic else { throw .notAllowed }
        return person
    }
}
