public import EndpointKit
public import Reception
import Shapes
public import Tenancy

/// Shows the page on which people sign in to the clinic itself.
public struct ShowSignIn: Endpoint {
    /// `GET /sign-in`
    public static let route = Route.get("/sign-in")
    /// What it does.
    public static let summary = "Show the page on which people sign in."
    /// What a caller must know.
    public static let details = "Afterwards the tokens are in cookies that no script can read."
    /// Whoever follows a link.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.perAddress(600, per: .seconds(900))
    /// Looking changes nothing.
    public static let audit = Audit.silent

    @In(.query, "The path to go on to.", .length(1...500)) var returnTo = "/"

    /// Inputs still empty.
    public init() {}

    /// A path of the clinic's own, and no other.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        return try await gate.signInPage(for: gate.ticket(for: .page(try Self.page(returnTo))))
    }

    static func page(_ path: String) throws -> String {
        guard GateTicket.isPage(path) else {
            throw Problem.invalidInput([
                Complaint(
                    pointer: "/query/return_to", code: "wrong_form", detail: "must be a path of this clinic")
            ])
        }
        return path
    }
}
