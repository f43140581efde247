import Access
import Crypto
import Database
import EndpointKit
import HTTP
import Identity
import JSON
import Reception
import Shapes
import SignIn
import Tenancy
import Vocabulary

/// The gate of a clinic, for one request: who stands there, and where they go from here.
struct Gate {
    let request: TenantRequest
    let parts: FederationParts
    let browser: [UInt8]
    let browserCookie: SetCookie?

    init(_ equipped: Equipped<TenantRequest, FederationParts>) {
        (request, parts) = (equipped.request, equipped.tool)
        (browser, browserCookie) = GateCookie.browser(of: equipped.request.http)
    }

    var issuer: String { parts.issuer(request.tenant.slug) }

    /// Whoever the gate's cookie remembers, while they may come in from here.
    func visitor() async throws -> Visitor? {
        guard
            let session = GateCookie.gate(of: request.http).flatMap({
                parts.keys.session(ofGate: $0, in: request.tenant.id)
            }), let visitor = try await visitor(in: session),
            request.now < visitor.signedInAt + GateCookie.lifetime
        else { return nil }
        return visitor
    }

    func visitor(in session: ID<Session>) async throws -> Visitor? {
        let visitor: Visitor? = try await request.clinic.row(
            Visitor.read(session, at: request.now, in: request.tenant.id))
        guard let visitor else { return nil }
        guard visitor.person.kind != .staff || request.tenant.admitsStaff(from: request.http.clientAddress)
        else { throw Problem(.networkNotAllowed) }
        return visitor
    }

    func ticket(for goal: GateTicket.Goal) -> GateTicket {
        GateTicket(goal: goal, browser: browser, begunAt: request.now)
    }

    /// The ticket that a form brought back: of this clinic, in this browser, and not for long.
    func ticket(_ text: String?) throws -> GateTicket {
        guard let ticket = text.flatMap({ parts.keys.ticket($0, in: request.tenant.id) }),
            ticket.isGood(in: browser, at: request.now)
        else { throw Problem(.notAllowed, "This page is too old, or of another browser: begin again.") }
        return ticket
    }

    /// What somebody clicked on a page of the gate: one of these words, and the page's ticket.
    func answer(oneOf words: String...) throws -> (String, GateTicket) {
        try sent { form in form["decision"].flatMap { words.contains($0) ? $0 : nil } }
    }

    /// What the form of a page of the gate means, and the page's ticket.
    func sent<Meaning>(_ meaning: (SentForm) -> Meaning?) throws -> (Meaning, GateTicket) {
        try request.http.requireOwnPage()
        guard let form = SentForm(request.http.body), let meant = meaning(form) else {
            throw Problem.invalidInput([
                Complaint(pointer: "", code: "wrong_form", detail: "must be the form of a page of the gate")
            ])
        }
        return (meant, try ticket(form["ticket"]))
    }

    func program(_ id: ID<TrustedProgram>) async throws -> TrustedProgram? {
        try await request.clinic.row(TrustedProgram.withID(id, in: request.tenant.id))
    }

    func page(for ticket: GateTicket, complaint: String? = nil) async throws -> GatePage {
        let asking: ID<TrustedProgram>? =
            switch ticket.goal {
            case .program(let wish): wish.program
            case .signOut(let wish): wish.program
            case .page: nil
            }
        var name: String?
        if let asking { name = try await program(asking)?.name }
        let (language, words) = GateWords.words(of: request.tenant)
        return GatePage(
            clinic: request.tenant.name, language: language, words: words,
            ticket: parts.keys.seal(ticket, in: request.tenant.id), program: name, complaint: complaint)
    }

    /// Asks who it is.
    func signInPage(for ticket: GateTicket, complaint: String? = nil, login: String? = nil) async throws
        -> GateAnswer
    {
        let issuers: [TrustedIssuer] = try await request.clinic.rows(
            TrustedIssuer.open(in: request.tenant.id))
        let page = try await page(for: ticket, complaint: complaint)
        return .page(page.signIn(issuers.map { ($0.id.text, $0.name) }, login: login))
            .keeping([browserCookie])
    }

    /// Whoever has just signed in goes on, remembered.
    func enter(_ signedIn: SignedIn, with ticket: GateTicket) async throws -> GateAnswer {
        let token = parts.keys.gateToken(of: signedIn.session, in: request.tenant.id)
        let remembered = [GateCookie.remember(token), GateCookie.know(signedIn.device)]
        switch ticket.goal {
        case .signOut:
            throw Problem(.notAllowed, "This page is too old, or of another browser: begin again.")
        case .page(let path):
            let page = try await page(for: ticket)
            return .onward(page.onward(to: path), to: path).keeping(signedIn.cookies + remembered)
        case .program(let wish):
            guard let visitor = try await visitor(in: signedIn.session) else { throw Problem(.notProven) }
            return try await pass(visitor, wish, ticket, byForm: true).keeping(remembered)
        }
    }

    /// Gives a code to the program, or asks the visitor first.
    func pass(_ visitor: Visitor, _ wish: AuthorizationWish, _ ticket: GateTicket, byForm: Bool) async throws
        -> GateAnswer
    {
        let given: GivenScopes? = try await request.clinic.row(
            ProgramConsent.read(wish.program, of: visitor, in: request.tenant.id))
        let isGiven = given.map { Set($0.scopes).isSuperset(of: wish.scopes) } ?? false
        if isGiven, !wish.prompts.contains(.consent) {
            return try await give(visitor, wish, ticket, byForm: byForm)
        }
        if wish.prompts.contains(.none) {
            return .away(to: back(AuthorizationRefusal(.consentRequired, "The person must agree."), wish))
        }
        let page = try await page(for: ticket)
        return .page(page.consent(wish.scopes, of: visitor.name)).keeping([browserCookie])
    }

    /// A code, and the way back to the program with it.
    func give(_ visitor: Visitor, _ wish: AuthorizationWish, _ ticket: GateTicket, byForm: Bool) async throws
        -> GateAnswer
    {
        let code = ProgramCode.random()
        try await request.clinic.once(
            code.insert(for: wish, of: visitor, at: request.now, in: request.tenant.id))
        let way = wish.way(back: [("code", code.text)], from: issuer)
        return byForm ? .onward(try await page(for: ticket).onward(to: way), to: way) : .away(to: way)
    }

    /// Back to the program without a code.
    func back(_ refusal: AuthorizationRefusal, _ wish: AuthorizationWish) -> String {
        back(refusal, to: wish.redirect, state: wish.state)
    }

    func back(_ refusal: AuthorizationRefusal, to redirect: String, state: String?) -> String {
        AuthorizationWish.way(
            back: [("error", refusal.error.rawValue), ("error_description", refusal.words)], to: redirect,
            state: state, from: issuer)
    }
}
