public import Crypto
public import Database
import EndpointKit
import EventLoop
import HTTP
public import Tenancy
import Vocabulary

/// Tells who is calling.
///
/// What a token stands for is read from the clinic's rows, so whoever is suspended or loses a role loses it
/// on tokens already given out: at once where the database's notice arrives, within five seconds where it
/// does not. Each row that a `Caller` is read from must therefore say `identity_changed` when it changes.
public final class Sessions: Sendable {
    private let issuer: String
    private let hashing: APIKeyHashing
    private let keys = KeyBoard()
    private let memories: [TokenMemory]

    /// For tokens of this issuer and keys hashed under this secret; each loop remembers for itself.
    public init(issuer: String, under secret: Secret, loops: Int) {
        (self.issuer, hashing) = (issuer, APIKeyHashing(under: secret))
        memories = (0..<max(loops, 1)).map { _ in TokenMemory() }
    }

    /// The same request with its caller. Throws the problem that the caller is told.
    public func caller(for request: TenantRequest) async throws -> CallerRequest {
        let loop = EventLoop.current
        let memory = memories[(loop?.index ?? 0) % memories.count]
        let evidence: Evidence
        var token: [UInt8] = []
        switch try Self.find(in: memory, request, turn: loop?.now ?? 0, &token) {
        case .caller(let known):
            guard known.evidence.tenant == request.tenant.publicID else {
                throw known.evidence.refusalElsewhere
            }
            return CallerRequest(request, by: known.caller, until: known.evidence.expiresAt)
        case _ where APIKeySecret.isMeant(by: token):
            return try await program(with: token, request, memory)
        case .verified(let known): evidence = known
        case .unknown: evidence = Evidence(try await verify(token, request))
        }
        guard evidence.tenant == request.tenant.publicID, let signIn = evidence.signIn else {
            throw evidence.refusalElsewhere
        }
        let generation = memory.generation
        let found = try await Caller.read(signIn.person, session: signIn.session, in: request.clinic)
        guard let caller = found else { throw Problem.signInRequired }
        memory.remember(token, evidence, caller, at: request.now, since: generation)
        return CallerRequest(request, by: caller, until: evidence.expiresAt)
    }

    /// Forgets whoever's rows change, for as long as the database is open. Run it beside the server.
    public func listen(to database: Database) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await self.forgetCallers(
                    as: database.notifications.subscribe(to: "identity_changed", withPulse: true))
            }
            group.addTask {
                await self.forgetKeys(as: database.notifications.subscribe(to: "signing_key_changed"))
            }
        }
    }

    private func forgetCallers(as notices: AsyncStream<Notice>) async {
        for await notice in notices {
            switch notice {
            case .pulse(let moment): for memory in memories { memory.prove(upTo: moment) }
            case .payload(let text): forget(UniqueID(uuidText: text))
            case .reread: forget(nil)
            }
        }
    }

    private func forget(_ caller: UniqueID?) {
        for memory in memories {
            if let caller { memory.forget(caller) } else { memory.forgetAll() }
        }
    }

    /// A key that no longer counts takes the tokens it has signed with it.
    private func forgetKeys(as notices: AsyncStream<Notice>) async {
        for await _ in notices {
            keys.forget()
            for memory in memories { memory.forgetAll() }
        }
    }

    /// Looks before it copies: the bytes are copied only where the token is not known already.
    private static func find(
        in memory: TokenMemory, _ request: TenantRequest, turn: UInt64, _ token: inout [UInt8]
    ) throws(Problem) -> TokenMemory.Finding {
        let found: TokenMemory.Finding? = request.http.withField(.authorization) { field in
            guard let bytes = BearerToken.find(in: field) else { return .unknown }
            let finding = memory.find(bytes, at: request.now, turn: turn)
            if case .caller = finding { return finding }
            token = Array(bytes)
            return finding
        }
        if let found { return found }
        // Whoever sends the field, even twice, means it: only pages come with nothing but their cookie.
        guard request.http[.authorization] == nil, let cookie = try CookieToken.access(in: request.http)
        else {
            return .unknown
        }
        token = cookie
        return cookie.withUnsafeBufferPointer { memory.find($0, at: request.now, turn: turn) }
    }

    /// A program that calls by a key. That it did is written down now and then, and never at the price of an
    /// answer.
    private func program(
        with token: [UInt8], _ request: TenantRequest, _ memory: TokenMemory
    ) async throws -> CallerRequest {
        guard let secret = APIKeySecret(token) else { throw Problem.signInRequired }
        let (tenant, now, generation) = (request.tenant.id, request.now, memory.generation)
        let digest = hashing.digest(of: secret, at: tenant)
        let rows: [KeyRow] = try await request.clinic.rows(KeyRow.with(digest, at: now, in: tenant))
        guard let found = KnownKey(rows, at: now) else { throw Problem.signInRequired }
        let evidence = Evidence(found, at: request.tenant.publicID), address = request.http.clientAddress
        memory.remember(token, evidence, found.caller, at: now, since: generation)
        if found.mustBeNoted(at: now), found.caller.mayCall(from: address) {
            let note = KnownKey.note(found.caller.id, from: address.description, at: now, in: tenant)
            _ = try? await request.clinic.once(note)
        }
        return CallerRequest(request, by: found.caller, until: evidence.expiresAt)
    }

    private func verify(_ token: [UInt8], _ request: TenantRequest) async throws -> AccessToken {
        guard !token.isEmpty else { throw Problem.signInRequired }
        do {
            let ring = try await keys.ring(from: request.database, at: request.now)
            return try AccessToken(verifying: token, keys: ring, issuer: issuer, at: request.now)
        } catch let flaw as TokenFlaw {
            throw flaw == .expired ? Problem.tokenExpired : Problem.signInRequired
        }
    }
}
