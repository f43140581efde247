import Database
public import EndpointKit
public import Identity
public import Reception
import Shapes
import Tenancy
import Vocabulary

/// Sends a code to an address that the caller wants to be reached at.
public struct SendAddressCode: Endpoint {
    /// `POST /v1/me/addresses`
    public static let route = Route.post("/v1/me/addresses")
    /// What it does.
    public static let summary = "Send a code to an address at which I want to be reached."
    /// What a caller must know.
    public static let details = """
        It becomes the caller's when the code comes back to `POST /v1/me/addresses/confirm`, within five minutes, and not \
        before. The address before is told. Whether anybody else is known by it is not said here.
        """
    /// Whoever has signed in, and has just proven who they are.
    public static let access = Access<Fresh<Equipped<CallerRequest, SignInParts>>>(.signedIn)
    /// Each sends a message.
    public static let limit = Limit.perCaller(10, per: .seconds(900))
    /// Nothing is changed yet.
    public static let audit = Audit.silent
    /// A newer code takes the place of the one before.
    public static let idempotency = Idempotency.none
    /// The proof may be too old; programs have no addresses.
    public static let problems: [ProblemCode] = [.stepUpRequired, .notAllowed]

    @In(.body, "By what the code is sent.") var channel: CodeChannel
    @In(.body, "The telephone number or mail address, however it is written.", .length(3...320)) var to:
        String

    /// Inputs still empty.
    public init() {}

    /// One code at a time for each person, whatever address it is for.
    public func respond(
        to fresh: Fresh<Equipped<CallerRequest, SignInParts>>
    ) async throws -> Accepted<SentCode> {
        let (request, parts) = (fresh.request.request, fresh.request.tool)
        guard let person = request.caller.personOfClinic else { throw Problem.notAllowed }
        let sending = CodeSending(request.request, parts, by: channel)
        let identifier = try await sending.identifier(to)
        let holder = parts.codes.holder(of: person, at: request.tenant.id)
        let challenge = sending.challenge(.address, to: identifier, of: holder, languages: [])
        return Accepted(try await sending.send(challenge, to: identifier))
    }
}
