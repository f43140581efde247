import Crypto
import HTTP
import JSON
public import Outgoing
public import Redis
import Vocabulary

/// What issuers say of themselves, fetched through the guard and remembered for a while: by all instances
/// where they share a memory.
public final class IssuerShelf: Sendable {
    /// How long what was said is taken for so.
    private static let freshFor = Duration.seconds(600)
    /// How soon after the last time keys are fetched for a name that is not among them: an issuer that
    /// changes its keys is believed soon, and one that names ever new keys asks for little.
    private static let pause = Duration.seconds(5)

    private let courier: Courier
    private let cache: any Cache

    /// Asks by this courier, whose guard says where nobody goes.
    public init(by courier: Courier, remembering cache: any Cache) {
        (self.courier, self.cache) = (courier, cache)
    }

    /// Whether addresses without encryption may be named: for development.
    var mayBePlain: Bool { courier.addresses.allowsPlainText }

    func metadata(of issuer: String, for tenant: TenantID) async throws -> IssuerMetadata {
        let key = CacheKey("issuer", issuer, of: tenant)
        let known = await cache.value(of: key).flatMap { metadata($0, of: issuer) }
        if let known { return known }
        let place = (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
        let answer = try await get(place + "/.well-known/openid-configuration")
        guard let metadata = metadata(answer, of: issuer) else { throw IssuerFlaw.badMetadata }
        await cache.keep(answer, as: key, for: Self.freshFor)
        return metadata
    }

    /// The keys, fetched anew where the one that is wanted is not among those that are known.
    func keys(of issuer: String, for tenant: TenantID, wanted token: ForeignToken) async throws -> KeySet {
        let metadata = try await metadata(of: issuer, for: tenant)
        let key = CacheKey("issuer-keys", issuer, of: tenant)
        let recent = CacheKey("issuer-keys-asked", issuer, of: tenant)
        if let keys = await cache.value(of: key).flatMap({ KeySet($0) }) {
            if !keys.keys(named: token.keyName, for: token.algorithm).isEmpty { return keys }
            if await cache.value(of: recent) != nil { return keys }
        }
        let answer = try await get(metadata.keysAddress)
        guard let keys = KeySet(answer) else { throw IssuerFlaw.badKeys }
        await cache.keep(answer, as: key, for: Self.freshFor)
        await cache.keep([], as: recent, for: Self.pause)
        return keys
    }

    private func metadata(_ bytes: [UInt8], of issuer: String) -> IssuerMetadata? {
        IssuerMetadata(bytes, of: issuer, mayBePlain: mayBePlain)
    }

    /// Changes a code for an ID token.
    func token(
        for code: String, _ metadata: IssuerMetadata, as registered: String, secret: String?,
        showing verifier: String, to callback: String
    ) async throws -> ForeignToken {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", callback),
            ("code_verifier", verifier),
        ]
        var request = OutgoingRequest(.post, metadata.tokenEndpoint)
        if let secret, !metadata.takesSecretInForm {
            let pair = PercentCoding.encoded(registered) + ":" + PercentCoding.encoded(secret)
            request.fields.add(
                "Authorization", "Basic " + Base64.text(of: Array(pair.utf8)))
        } else {
            fields.append(("client_id", registered))
            if let secret { fields.append(("client_secret", secret)) }
        }
        request.body = Array(PercentCoding.form(fields).utf8)
        request.fields.add("Content-Type", "application/x-www-form-urlencoded")
        let answer = try await carry(request)
        guard let json = try? JSON(parsing: answer), let text = json["id_token"]?.stringValue else {
            throw IssuerFlaw.noToken
        }
        return try ForeignToken(text)
    }

    private func get(_ address: String) async throws -> [UInt8] {
        try await carry(OutgoingRequest(.get, address))
    }

    /// Whatever keeps an answer from coming is one flaw: what stands behind an address is nobody's business.
    private func carry(_ request: OutgoingRequest) async throws -> [UInt8] {
        var request = request
        (request.limits.total, request.limits.answerBytes) = (.seconds(8), 256 << 10)
        request.fields.add("Accept", "application/json")
        do {
            let answer = try await courier.answer(to: request)
            guard answer.status == 200 else {
                throw request.method == .post ? IssuerFlaw.noToken : IssuerFlaw.unreachable
            }
            return answer.body
        } catch is OutgoingFault { throw IssuerFlaw.unreachable }
    }
}
