import Access
import Database
import EndpointKit
import HTTP
import Identity
import JSON
import SignIn
import Tenancy
import Vocabulary

/// What a program is given for a code.
struct CodeGift {
    let program: ProvenProgram
    let form: SentForm

    private enum Outcome: Sendable {
        case given(ProgramSignIn, Visitor, nonce: String?)
        case refused
    }

    /// The code's use is counted with the same commit, whatever comes of it.
    func give(_ request: TenantRequest, _ parts: FederationParts) async throws -> ProgramTokens {
        guard let text = form["code"] else { throw OAuthError.invalidRequest.problem("code is missing.") }
        let key = try await parts.signer(program.algorithm)
        let outcome = try await request.clinic.write { clinic in
            try await use(ProgramCode(text: text), request, in: clinic)
        }
        guard case .given(let family, let visitor, let nonce) = outcome else {
            throw OAuthError.invalidGrant.problem(
                "The code is unknown, over or used, or belongs to another program, address or verifier.")
        }
        let token = IDToken(
            issuer: parts.issuer(request.tenant.slug), program: program.id, visitor: visitor,
            family: family.id,
            nonce: nonce,
            issuedAt: request.now)
        return parts.tokens(
            of: family, in: request.tenant.id, at: request.now, idToken: await token.text(signedBy: key))
    }

    private func use(_ code: ProgramCode, _ request: TenantRequest, in clinic: borrowing Transaction)
        async throws -> Outcome
    {
        let (tenant, now) = (clinic.tenant, request.now)
        let used: UsedCode? = try await clinic.row(code.use(in: tenant))
        guard let used else { return .refused }
        if let given = used.given {
            clinic.queue(ProgramSignIn.end(given, because: .codeUsedTwice, at: now, in: tenant))
            let event = AuditEvent(
                act: "program_sign_ins.end", outcome: .denied, of: "program_sign_in", given.unique,
                detail: ["because": "code-used-twice"])
            clinic.queue(AuditTrail.statement(event, in: request, by: nil))
        }
        guard
            used.isGood(for: program.id, to: form["redirect_uri"], showing: form["code_verifier"], at: now),
            let visitor: Visitor = try await clinic.row(Visitor.read(used.session, at: now, in: tenant))
        else { return .refused }
        let family = ProgramSignIn(
            id: .random(at: now), scopes: used.scopes, generation: 0, expiresAt: visitor.until, isReuse: false
        )
        clinic.queue(ProgramSignIn.insert(family.id, of: used, until: visitor.until, at: now, in: tenant))
        clinic.queue(code.note(family.id, in: tenant))
        let event = AuditEvent(
            act: "program_sign_ins.create", of: "program_sign_in", family.id.unique,
            detail: ["program": .string(program.id.text), "scopes": .string(used.scopes.text)])
        let caller = Caller(visitor.person, roles: [], session: visitor.session)
        clinic.queue(AuditTrail.statement(event, in: request, by: caller))
        return .given(family, visitor, nonce: used.nonce)
    }
}

/// What a program is given for a refresh token.
struct RefreshGift {
    let program: ID<TrustedProgram>
    let form: SentForm

    /// One statement decides; whatever it refuses is told alike.
    func give(_ request: TenantRequest, _ parts: FederationParts) async throws -> ProgramTokens {
        guard let text = form["refresh_token"] else {
            throw OAuthError.invalidRequest.problem("refresh_token is missing.")
        }
        let refused = OAuthError.invalidGrant.problem(
            "The refresh token is unknown, over or used, or another program's.")
        guard
            let token = ProgramToken(
                text: text, as: .refresh, in: request.tenant.id, under: parts.keys.tokens)
        else { throw refused }
        let wanted = form["scope"].map { Set($0.split(separator: " ").map(String.init)) }
        let taken: ProgramSignIn? = try await request.clinic.write { clinic in
            let taken: ProgramSignIn? = try await clinic.row(
                ProgramSignIn.take(token, by: program, at: request.now, in: clinic.tenant))
            if let taken, taken.isReuse {
                let event = AuditEvent(
                    act: "program_sign_ins.end", outcome: .denied, of: "program_sign_in", taken.id.unique,
                    detail: ["because": "reused"])
                clinic.queue(AuditTrail.statement(event, in: request, by: nil))
            }
            if let taken, !taken.isReuse, let wanted, !wanted.isSubset(of: taken.scopes.map(\.rawValue)) {
                throw OAuthError.invalidScope.problem("scope must be within what was given.")
            }
            return taken
        }
        guard let taken, !taken.isReuse else { throw refused }
        return parts.tokens(of: taken, in: request.tenant.id, at: request.now, idToken: nil)
    }
}

extension FederationParts {
    /// Both tokens, as they are now.
    func tokens(of family: ProgramSignIn, in tenant: TenantID, at now: Instant, idToken: String?)
        -> ProgramTokens
    {
        let end = (now + ProgramSignIn.accessLifetime).seconds
        return ProgramTokens(
            access: ProgramToken(.access, of: family.id, end).text(in: tenant, under: keys.tokens),
            refresh: ProgramToken(.refresh, of: family.id, Int64(family.generation)).text(
                in: tenant, under: keys.tokens),
            scopes: family.scopes, idToken: idToken)
    }
}
