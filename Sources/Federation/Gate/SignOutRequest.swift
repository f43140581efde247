import Access
import Database
import EndpointKit
import Identity
import Reception
import Shapes
import SignIn
import Tenancy
import Vocabulary

/// A program that leads somebody here to sign them out, as its parameters say.
struct SignOutRequest: Sendable {
    var hint: String?
    var client: String?
    var redirect: String?
    var state: String?

    /// Ends what is to end, or asks first. `retry` is where a browser goes that may have kept its cookies to
    /// itself, as it does with a form of another site.
    func meet(_ gate: Gate, retry: String? = nil) async throws -> GateAnswer {
        let hint = try await knownHint(gate)
        let program = try await program(hint, gate)
        try check(program)
        let hinted: HintedSignIn? =
            if let hint {
                try await gate.request.clinic.row(HintedSignIn.behind(hint, in: gate.request.tenant.id))
            } else { nil }
        if hinted == nil, let retry { return try await gate.again(at: retry) }
        let visitor = try await gate.visitor()
        switch (SignOutDecision.decide(hinted, atGate: visitor), visitor) {
        case (.ask, let visitor?):
            let wish = SignOutWish(
                session: visitor.session, program: program?.id, redirect: redirect, state: state)
            let page = try await gate.page(for: gate.ticket(for: .signOut(wish)))
            return .page(page.signOut(visitor.name)).keeping([gate.browserCookie])
        case (.end(let sessions), _):
            if let person = visitor?.person ?? hinted?.person { try await gate.end(sessions, of: person) }
            return try await gate.signedOut(to: SignOutWish.way(to: redirect, state: state), byForm: false)
        case (.ask, nil): return try await gate.signedOut(to: nil, byForm: false)
        }
    }

    /// What is brought back counts where we have signed it and it was given to the program that brings it.
    private func knownHint(_ gate: Gate) async throws -> SignOutHint? {
        guard let hint else { return nil }
        let keys = try await PublishedKeys.read(from: gate.request.database, at: gate.request.now)
        let known = SignOutHint(hint, from: gate.issuer, checkedBy: keys)
        return known.flatMap { client == nil || client == $0.program.text ? $0 : nil }
    }

    private func program(_ hint: SignOutHint?, _ gate: Gate) async throws -> TrustedProgram? {
        guard let client = client ?? hint?.program.text else { return nil }
        guard let id = ID<TrustedProgram>(text: client), let program = try await gate.program(id) else {
            throw Problem(.notFound, "The clinic knows no such program.")
        }
        return program
    }

    /// Nobody is led to an address that is not the program's own.
    private func check(_ program: TrustedProgram?) throws {
        guard let redirect, program?.signOutRedirects.contains(redirect) != true else { return }
        throw Problem.invalidInput([
            Complaint(
                pointer: "/query/post_logout_redirect_uri", code: "unknown_value",
                detail: "must be one that the program has registered; say which program it is")
        ])
    }
}

extension Gate {
    /// Ends sign-ins of a person's, each with its line in the trail.
    func end(_ sessions: [ID<Session>], of person: Person) async throws {
        try await request.clinic.write { clinic in
            for session in sessions {
                let ended = try await clinic.run(
                    Session.end(
                        session, of: person, because: .signedOut, at: request.now, in: clinic.tenant))
                if ended == 1 { AuditTrail.record(.ended(session), by: person, request, in: clinic) }
            }
        }
    }

    /// The same once more from a page of one's own, with which every cookie comes along.
    func again(at path: String) async throws -> GateAnswer {
        let page = try await page(for: ticket(for: .page("/")))
        return .onward(page.onward(to: path, page.words.signOutTitle), to: path).keeping([browserCookie])
    }

    /// Nobody is signed in here any more: back to the program, or a page that says so.
    func signedOut(to way: String?, byForm: Bool) async throws -> GateAnswer {
        let answer: GateAnswer
        if let way, !byForm {
            answer = .away(to: way)
        } else {
            let page = try await page(for: ticket(for: .page("/")))
            answer =
                way.map { .onward(page.onward(to: $0, page.words.signedOut), to: $0) }
                ?? .page(page.signedOut())
        }
        return answer.keeping(GateCookie.allForgotten)
    }
}
