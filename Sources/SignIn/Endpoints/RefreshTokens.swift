import Access
import Database
public import EndpointKit
import HTTP
import Identity
public import Reception
import Shapes
public import Tenancy
import Vocabulary

/// Gives a sign-in new tokens.
public struct RefreshTokens: Endpoint {
    /// `POST /v1/auth/refresh`
    public static let route = Route.post("/v1/auth/refresh")
    /// What it does.
    public static let summary = "Get new tokens for a refresh token."
    /// What a caller must know.
    public static let details = """
        Each refresh token is good for once. The one before the latest still gets the latest for thirty seconds, so that \
        whoever asks twice at once stays signed in; any earlier one has been copied, and ends the sign-in.
        """
    /// The refresh token says who asks.
    public static let access = Access<Equipped<TenantRequest, SignInParts>>(.anyone)
    /// Every ten minutes from each of a clinic's devices, behind one address.
    public static let limit = Limit.perAddress(1_200, per: .seconds(60))
    /// Only what ends a sign-in is kept.
    public static let audit = Audit.silent
    /// A kept answer would keep the tokens.
    public static let idempotency = Idempotency.none
    /// The token may be used up, or copied.
    public static let problems: [ProblemCode] = [.signInRequired]

    @In(.body, "The refresh token; from its cookie where it is not said.", .length(1...200)) var refreshToken:
        String?

    /// Inputs still empty.
    public init() {}

    /// One statement decides; whatever it refuses is told alike.
    public func respond(to request: Equipped<TenantRequest, SignInParts>) async throws -> SignedIn {
        let (request, parts) = (request.request, request.tool)
        guard let text = try refreshToken ?? request.http.refreshCookie(),
            let token = RefreshToken(text: text, at: request.tenant.id, under: parts.refreshing)
        else { throw Problem.signInRequired }
        let key = try await parts.issuingKey()
        let rotation = try await request.clinic.write { clinic -> Rotation? in
            let rotation: Rotation? = try await clinic.row(
                Rotation.take(token, at: request.now, in: clinic.tenant))
            if let rotation, rotation.isReuse {
                AuditTrail.record(.endedForReuse(token.session), by: rotation.person, request, in: clinic)
            }
            return rotation
        }
        guard let rotation else { throw Problem.signInRequired }
        guard !rotation.isReuse else {
            throw Problem.signInRequired.suspecting(
                Suspicion(.reusedRefreshToken, person: rotation.person.id))
        }
        var signedIn = parts.tokens(
            of: token.session, rotation.person, generation: rotation.generation, until: rotation.expiresAt,
            at: request.tenant, now: request.now, signedBy: key)
        signedIn.inCookies = refreshToken == nil
        return signedIn
    }
}
