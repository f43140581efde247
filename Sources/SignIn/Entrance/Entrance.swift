import Access
public import Database
import EndpointKit
public import Identity
import JSON
public import Tenancy
import Trust
import Vocabulary

/// Where everybody comes in, whatever they have proven themselves by: nobody has a sign-in who has not been
/// asked for the second factor that they owe.
public struct Entrance: Sendable {
    /// What came of a proof.
    public enum Outcome: Sendable {
        /// They are in.
        case signedIn(Session)
        /// They are asked for more; the problem says by what.
        case asked(Ceremony, SecondFactorNeed)
    }

    /// The request that wants in.
    public let request: TenantRequest
    private let parts: SignInParts
    private let key: IssuingKey

    /// The entrance for a request. The key that signs its tokens is asked for before anything is promised.
    public init(_ request: TenantRequest, _ parts: SignInParts) async throws {
        (self.request, self.parts, key) = (request, parts, try await parts.issuingKey())
    }

    /// Lets in somebody whom `method` has proven, in the transaction that judged the proof, or asks for the
    /// rest. A proof that is two factors in itself is whole.
    public func enter(
        _ person: Person, by method: Session.Method, isWhole: Bool = false, in clinic: borrowing Transaction
    ) async throws -> Outcome {
        if !isWhole, let need = try await need(of: person, in: clinic) {
            let ceremony = Ceremony(.secondFactor, to: person, after: method, at: request.now)
            clinic.queue(ceremony.insert(at: request.now, in: clinic.tenant))
            return .asked(ceremony, need)
        }
        let session = request.newSession(
            of: person, by: method, lasting: try await stay(of: person, in: clinic))
        try await clinic.run(session.insert(in: clinic.tenant))
        AuditTrail.record(.signedIn(session), by: person, request, in: clinic)
        return .signedIn(session)
    }

    /// For how long they may stay without coming again; of the platform's people, until the clinic's word is
    /// over.
    private func stay(of person: Person, in clinic: borrowing Transaction) async throws -> Duration {
        guard person.kind == .support else { return Rotation.idleMax }
        guard let end = try await SupportGrant.enter(ID(person.id), at: request.now, in: clinic) else {
            throw Problem(.wrongCode)
        }
        return end - request.now
    }

    /// The tokens, or the problem that asks for the second factor.
    public func answer(_ outcome: Outcome, inCookies: Bool) throws -> SignedIn {
        switch outcome {
        case .asked(let ceremony, let need): throw need.problem(ceremony.id)
        case .signedIn(let session):
            var signedIn = parts.tokens(
                of: session.id, session.person, generation: 0, until: session.expiresAt, at: request.tenant,
                now: request.now, signedBy: key)
            signedIn.inCookies = inCookies
            return signedIn
        }
    }

    /// Patients are asked for one factor: nobody would come otherwise.
    private func need(of person: Person, in clinic: borrowing Transaction) async throws -> SecondFactorNeed? {
        guard person.kind == .staff else { return nil }
        let roles = request.tenant.configuration.signIn.secondFactorFor.map(\.rawValue)
        let found: SecondFactorNeed? = try await clinic.row(
            SecondFactorNeed.read(of: person, owedBy: roles, in: clinic.tenant))
        return found.flatMap { $0.hasTimeCodes || $0.isOwed ? $0 : nil }
    }
}

/// What a staff member has, and what the clinic wants of them.
public struct SecondFactorNeed: Sendable {
    let hasTimeCodes: Bool
    let isOwed: Bool

    func problem(_ ceremony: ID<Ceremony>) -> Problem {
        var problem = Problem(.secondFactorRequired)
        problem.members["challenge"] = .string(ceremony.text)
        problem.members["methods"] = .array(hasTimeCodes ? ["totp", "recovery_code"] : ["enrol"])
        return problem
    }
}
