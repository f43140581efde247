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
    private let keys = KeyBoard()
    private let memories: [TokenMemory]

    /// For tokens of this issuer; each loop remembers for itself.
    public init(issuer: String, loops: Int) {
        self.issuer = issuer
        memories = (0..<max(loops, 1)).map { _ in TokenMemory() }
    }

    /// The same request with its caller. Throws the problem that the caller is told.
    public func caller(for request: TenantRequest) async throws -> CallerRequest {
        let loop = EventLoop.current
        let memory = memories[(loop?.index ?? 0) % memories.count]
        let content: AccessToken
        var token: [UInt8] = []
        switch try Self.find(in: memory, request, turn: loop?.now ?? 0, &token) {
        case .caller(let known):
            guard known.content.tenant == request.tenant.publicID else { throw Problem.wrongClinic }
            return CallerRequest(request, by: known.caller, until: known.content.expiresAt)
        case .verified(let known): content = known
        case .unknown: content = try await verify(token, request)
        }
        guard content.tenant == request.tenant.publicID else { throw Problem.wrongClinic }
        let generation = memory.generation
        let found = try await Caller.read(content.person, session: content.session, in: request.clinic)
        guard let caller = found else { throw Problem.signInRequired }
        memory.remember(token, content, caller, at: request.now, since: generation)
        return CallerRequest(request, by: caller, until: content.expiresAt)
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
