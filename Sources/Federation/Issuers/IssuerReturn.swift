import Crypto
import Database
import HTTP
import Identity
import SignIn
import Tenancy
import Vocabulary

/// Somebody who comes back from an issuer, and what they bring.
struct IssuerReturn {
    let provider: ID<TrustedIssuer>
    let code: String?
    let state: String?
    let iss: String?
    let error: String?
    let gate: Gate

    /// The issuer's word, once it has been found to be its own, for this clinic, browser and question. Throws
    /// `IssuerFlaw`.
    func word() async throws -> (IssuerState, TrustedIssuer, ForeignWord) {
        let (tenant, now, keys) = (gate.request.tenant.id, gate.request.now, gate.parts.keys)
        let state = try openedState()
        let found: TrustedIssuer? = try await gate.request.clinic.row(
            TrustedIssuer.withID(provider, in: tenant))
        guard let issuer = found, issuer.enabled else { throw IssuerFlaw.disabled }
        if let iss, iss != issuer.issuer { throw IssuerFlaw.mixedUp }
        guard error == nil, let code, !code.isEmpty else { throw IssuerFlaw.refusedThere }
        let metadata = try await gate.parts.issuers.metadata(of: issuer.issuer, for: tenant)
        guard iss != nil || !metadata.namesItself else { throw IssuerFlaw.mixedUp }
        let token = try await gate.parts.issuers.token(
            for: code, metadata, as: issuer.registeredAs, secret: try await secret(of: issuer),
            showing: state.verifier(keys), to: gate.issuer + TrustedIssuer.callbackPath(of: provider))
        try token.check(
            signedBy: try await gate.parts.issuers.keys(of: issuer.issuer, for: tenant, wanted: token))
        let word = try token.word(
            from: issuer.issuer, for: issuer.registeredAs, answering: state.nonce(keys), at: now)
        return (state, issuer, word)
    }

    /// Whom the word means: by the subject, or the first time by the mail address.
    static func person(
        _ word: ForeignWord, of issuer: TrustedIssuer, at now: Instant, in clinic: borrowing Transaction
    ) async throws -> Person {
        let known: IssuerLink.Found? = try await clinic.row(
            IssuerLink.read(word.subject, of: issuer.id, in: clinic.tenant))
        if let known {
            guard known.isActive else { throw IssuerFlaw.gone }
            return Person(known.staffMember)
        }
        let email = try believed(word, by: issuer)
        let linked: IssuerLink.Found? = try await clinic.row(
            IssuerLink.make(word.subject, of: issuer.id, to: email, at: now, in: clinic.tenant))
        guard let linked else { throw IssuerFlaw.nobody }
        return Person(linked.staffMember)
    }

    /// The mail address in its normal form, where it is proven there and of a domain that is believed here.
    static func believed(_ word: ForeignWord, by issuer: TrustedIssuer) throws(IssuerFlaw) -> String {
        guard let text = word.email, case .email(let email)? = Identifier(typed: text, at: "") else {
            throw .noMail
        }
        guard word.isMailProven else { throw .unprovenMail }
        guard issuer.believes(email) else { throw .otherDomain }
        return email
    }

    private func openedState() throws(IssuerFlaw) -> IssuerState {
        guard let state = state.flatMap({ gate.parts.keys.state($0, in: gate.request.tenant.id) }) else {
            throw .unknownState
        }
        guard state.issuer == provider else { throw .mixedUp }
        guard gate.request.now < state.askedAt + IssuerState.lifetime else { throw .tooLate }
        guard state.ticket.isGood(in: gate.browser, at: gate.request.now) else { throw .otherBrowser }
        return state
    }

    /// Nil where the clinic has none there.
    private func secret(of issuer: TrustedIssuer) async throws -> String? {
        let tenant = gate.request.tenant.id
        let row: SealedSecret? = try await gate.request.clinic.row(
            TrustedIssuer.secret(of: issuer.id, in: tenant))
        guard let box = row?.box else { return nil }
        guard let secret = gate.parts.keys.open(box, of: issuer.id, in: tenant) else {
            throw IssuerFlaw.disabled
        }
        return secret
    }
}
