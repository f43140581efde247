public import EndpointKit
import HTTP
public import Reception
import Shapes
public import Tenancy

/// The same for a program that keeps ID tokens out of addresses.
public struct AskSignOutByForm: Endpoint {
    /// `POST /oauth/logout`
    public static let route = Route.post("/oauth/logout")
    /// What it does.
    public static let summary = "Sign somebody out, for a program that sends a form."
    /// What a caller must know.
    public static let details = """
        As by `GET`. Browsers keep the gate's cookie to themselves when a form comes from another site: without an ID token they \
        are led to the same address once more.
        """
    /// Whoever follows a program.
    public static let access = Access<Equipped<TenantRequest, FederationParts>>(.anyone)
    /// A clinic's whole staff may share an address.
    public static let limit = Limit.perAddress(600, per: .seconds(900))
    /// That a sign-in ended is kept.
    public static let audit = Audit.writes("session")
    /// An ID token and two addresses.
    public static let bodyLimit = SentForm.bytesMax
    /// What is sent is a form.
    public static let rawBody: RawBody? = RawBody(
        [SentForm.mediaType], "`id_token_hint`, `client_id`, `post_logout_redirect_uri`, `state`.")
    /// Leaving twice is leaving.
    public static let idempotency = Idempotency.none
    /// The program may be unknown.
    public static let problems: [ProblemCode] = [.notFound, .networkNotAllowed]

    /// No inputs: the body is a form.
    public init() {}

    /// Ends, or leads to where it can be asked.
    public func respond(to equipped: Equipped<TenantRequest, FederationParts>) async throws -> GateAnswer {
        let gate = Gate(equipped)
        guard let form = SentForm(gate.request.http.body) else {
            throw Problem.invalidInput([
                Complaint(pointer: "", code: "wrong_form", detail: "must name each parameter once")
            ])
        }
        let names = ["client_id", "post_logout_redirect_uri", "state"]
        let rest = PercentCoding.form(names.compactMap { name in form[name].map { (name, $0) } })
        let asked = SignOutRequest(
            hint: form["id_token_hint"], client: form["client_id"],
            redirect: form["post_logout_redirect_uri"], state: form["state"])
        return try await asked.meet(gate, retry: "/oauth/logout?" + rest)
    }
}
