import Access
import Crypto
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import SignIn
public import Tenancy
import Vocabulary

/// Signs a staff member in who knows their password.
public struct SignInByPassword: Endpoint {
    /// `POST /v1/auth/password`
    public static let route = Route.post("/v1/auth/password")
    /// What it does.
    public static let summary = "Sign in with a password."
    /// What a caller must know.
    public static let details = """
        Whoever guesses wrong five times waits a minute, then five, then fifteen, and never longer. `device`, as an earlier \
        sign-in on the same device gave it, is counted by itself, so that strangers who guess keep nobody out.
        """
    /// Whoever wants to become a caller.
    public static let access = Access<Equipped<TenantRequest, CredentialParts>>(.anyone)
    /// A way in; guesses are counted more strictly.
    public static let limit = Limit.of(.login)
    /// The sign-in is recorded with its session.
    public static let audit = Audit.writes("session")
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// It may be wrong, or not enough.
    public static let problems: [ProblemCode] = [.notProven, .secondFactorRequired, .notAllowed]

    @In(.body, "The telephone number or mail address, however it is written.", .length(3...320)) var login:
        String
    @In(.body, "The password.", .length(1...256)) var password: String
    @In(.body, "What an earlier sign-in on this device gave as `device`.", .length(1...200)) var device:
        String?
    @In(.body, "Whether the tokens go into cookies that no script can read: for pages.") var cookies = false

    /// Inputs still empty.
    public init() {}

    /// Counts the guess, judges it elsewhere, and only then signs in: the same work for everybody.
    public func respond(to request: Equipped<TenantRequest, CredentialParts>) async throws -> SignedIn {
        let (request, parts) = (request.request, request.tool)
        if cookies { try request.http.requireOwnPage() }
        guard let identifier = Identifier(typed: login, at: request.tenant.configuration.country) else {
            throw Problem(.notProven)
        }
        let entrance = try await Entrance(request, parts.signIn)
        let owner: PasswordOwner? = try await request.clinic.row(
            PasswordOwner.reached(by: identifier, in: request.tenant.id))
        let counts = counts(of: identifier, owner, request, parts)
        try await request.clinic.write { clinic in
            try await counts.take(at: request.now, in: clinic)
        }
        let judgement = try await parts.passwords.judge(password, against: owner?.kept?.hash)
        guard judgement.isRight, let owner else {
            try await request.clinic.write { clinic in
                AuditTrail.record(.wrongCode, by: nil, request, in: clinic)
            }
            throw Problem(.notProven).suspecting(
                Suspicion(.failedSignIn, identifier: identifier.bytes, person: owner?.id.unique))
        }
        let outcome = try await request.clinic.write { clinic in
            counts.takeBack(in: clinic)
            if let renewed = judgement.renewed, let old = owner.kept?.hash {
                clinic.queue(KeptPassword.renew(renewed, insteadOf: old, of: owner.id, in: clinic.tenant))
            }
            return try await entrance.enter(Person(owner.id), by: .password, in: clinic)
        }
        return try entrance.answer(outcome, inCookies: cookies)
    }

    /// From where the guess comes, and at whom: in one order, so that nobody waits for each other in a
    /// circle. A device that is known is counted by itself.
    private func counts(
        of identifier: Identifier, _ owner: PasswordOwner?, _ request: TenantRequest, _ parts: CredentialParts
    ) -> Counts {
        let tenant = request.tenant.id, address = request.http.clientAddress.household.description
        if let owner,
            let device = device.flatMap({
                parts.signIn.device($0, of: Person(owner.id), at: tenant)
            })
        {
            let key = parts.keys.guesses(at: "device", Array("\(device)".utf8), in: tenant)
            return Counts(whom: GuessCount(key), address: nil)
        }
        return Counts(
            whom: GuessCount(parts.keys.guesses(at: "login", identifier.bytes, in: tenant)),
            address: GuessCount(
                parts.keys.guesses(at: "address", Array(address.utf8), in: tenant),
                free: GuessCount.freeFromAddress))
    }

    private struct Counts {
        let whom: GuessCount
        let address: GuessCount?

        func take(at now: Instant, in clinic: borrowing Transaction) async throws {
            try await address?.take(at: now, in: clinic)
            try await whom.take(at: now, in: clinic)
        }

        func takeBack(in clinic: borrowing Transaction) {
            if let address { clinic.queue(address.giveBack(in: clinic.tenant)) }
            clinic.queue(whom.forget(in: clinic.tenant))
        }
    }
}
