import Crypto
import HTTP
import JSON
public import Outgoing
import Synchronization
import Vocabulary

/// What issuers say of themselves, fetched through the guard and kept for a while, for the whole process.
public final class IssuerShelf: Sendable {
    /// How long what was said is taken for so.
    private static let freshFor = Duration.seconds(600)
    /// How soon after the last time keys are fetched for a name that is not among them: an issuer that
    /// changes its keys is believed soon, and one that names ever new keys asks for little.
    private static let pause = Duration.seconds(5)
    /// More issuers than this are not kept.
    private static let most = 512

    private struct Kept {
        var metadata: (IssuerMetadata, Instant)?
        var keys: (KeySet, Instant)?
    }

    private let courier: Courier
    private let kept = Mutex<[String: Kept]>([:])

    /// Asks by this courier, whose guard says where nobody goes.
    public init(by courier: Courier) { self.courier = courier }

    /// Whether addresses without encryption may be named: for development.
    var mayBePlain: Bool { courier.addresses.allowsPlainText }

    func metadata(of issuer: String, at now: Instant) async throws -> IssuerMetadata {
        if let (metadata, at) = kept.withLock({ $0[issuer]?.metadata }), Self.isFresh(at, now) {
            return metadata
        }
        let place = (issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer)
        let answer = try await get(place + "/.well-known/openid-configuration")
        guard let metadata = IssuerMetadata(answer, of: issuer, mayBePlain: mayBePlain) else {
            throw IssuerFlaw.badMetadata
        }
        keep(issuer) { $0.metadata = (metadata, now) }
        return metadata
    }

    /// The keys, fetched anew where the one that is wanted is not among those that are known.
    func keys(of issuer: String, wanted token: ForeignToken, at now: Instant) async throws -> KeySet {
        let metadata = try await metadata(of: issuer, at: now)
        if let (keys, at) = kept.withLock({ $0[issuer]?.keys }), Self.isFresh(at, now) {
            let isKnown = !keys.keys(named: token.keyName, for: token.algorithm).isEmpty
            if isKnown || now - at < Self.pause { return keys }
        }
        guard let keys = KeySet(try await get(metadata.keysAddress)) else { throw IssuerFlaw.badKeys }
        keep(issuer) { $0.keys = (keys, now) }
        return keys
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
            let pair = FormText.encoded(registered) + ":" + FormText.encoded(secret)
            request.fields.add(
                "Authorization", "Basic " + String(decoding: Base64.encode(Array(pair.utf8)), as: UTF8.self))
        } else {
            fields.append(("client_id", registered))
            if let secret { fields.append(("client_secret", secret)) }
        }
        request.body = Array(FormText.form(fields).utf8)
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

    private func keep(_ issuer: String, _ change: (inout Kept) -> Void) {
        kept.withLock { kept in
            if kept.count >= Self.most, kept[issuer] == nil { kept = [:] }
            change(&kept[issuer, default: Kept()])
        }
    }

    private static func isFresh(_ at: Instant, _ now: Instant) -> Bool {
        now >= at && now - at < freshFor
    }
}
