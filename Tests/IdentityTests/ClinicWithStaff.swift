import Crypto
import Database

@testable import HTTP
import Identity
import Tenancy
import TestKit
import Vocabulary

/// Two clinics, one receptionist at the first, and keys that sign.
struct ClinicWithStaff {
    static let issuer = "http://localhost:8080"

    let place: TestPlace
    let secret: Secret
    let sessions: Sessions
    let keys: SigningKeys
    let tenant: Tenant
    let neighbour: Tenant
    let asha = ID<StaffMember>(UniqueID(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0001))
    let location = ID<Location>(UniqueID(high: 0x0193_0000_0000_7000, low: 0x8000_0000_0000_0002))
    /// The server's own clock, to the second; it stands still.
    let now: Instant

    static func run(_ body: @escaping @Sendable (ClinicWithStaff) async throws -> Void) async throws {
        try await TestDatabase.withPlace { place in try await body(ClinicWithStaff(in: place)) }
    }

    private init(in place: TestPlace) async throws {
        self.place = place
        secret = try InstallationSecret.given(String(repeating: "s", count: 32))
        (keys, sessions) = (
            SigningKeys(in: place.database, under: secret),
            Sessions(issuer: Self.issuer, under: secret, loops: 1)
        )
        let clock = try await place.script("SELECT extract(epoch FROM now())::bigint::text")
        now = Instant(seconds: clock.first?.first.flatMap { $0 }.flatMap { Int64($0) } ?? 0)
        let ids = [UniqueID(high: 1, low: 1), UniqueID(high: 1, low: 2)]
        var numbers: [TenantID] = []
        for (slug, id) in zip(["sunrise", "sunset"], ids) {
            let rows = try await place.script(
                """
                INSERT INTO tenant (public_id, slug, name) VALUES ('\(id)', '\(slug)', 'Clinic \(slug)')
                RETURNING id::text
                """)
            numbers.append(TenantID(number: rows.first?.first.flatMap { $0 }.flatMap { Int32($0) } ?? 0))
        }
        let slugs = [Slug(text: "sunrise"), Slug(text: "sunset")].compactMap { $0 }
        tenant = Tenant(id: numbers[0], publicID: ID(ids[0]), slug: slugs[0], name: "Clinic sunrise")
        neighbour = Tenant(id: numbers[1], publicID: ID(ids[1]), slug: slugs[1], name: "Clinic sunset")
        try await script(
            """
            INSERT INTO location (tenant_id, id, slug, name, zone)
            VALUES (\(numbers[0].number), '\(location.unique)', 'main', 'Main', 'Asia/Kolkata');
            INSERT INTO staff_member (tenant_id, id, name, email, phone)
            VALUES (\(numbers[0].number), '\(asha.unique)', 'Asha Patil', 'asha@example.org', NULL);
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role, location_id)
            VALUES (\(numbers[0].number), '\(UniqueID(high: 1, low: 9))', '\(asha.unique)', 'receptionist',
                '\(location.unique)');
            """)
    }

    /// Runs statements as an administrator, at the first clinic.
    func script(_ text: String) async throws {
        try await place.script("SET app.tenant_id = '\(tenant.id.number)'; " + text)
    }

    /// A token as the command line mints it.
    func token(at instant: Instant? = nil, lifetime: Duration = .seconds(3600)) async throws -> String {
        guard let mint = TokenMint(issuer: Self.issuer, keys: keys, isProduction: false) else { return "" }
        return try await mint.token(
            for: asha, at: place.database.clinic(tenant.id), tenant.publicID, now: instant ?? now,
            lifetime: lifetime)
    }

    /// A request with these `Authorization` fields.
    func request(
        _ fields: String..., to tenant: Tenant? = nil, at instant: Instant? = nil
    ) throws -> TenantRequest {
        let lines = fields.map { "Authorization: \($0)\r\n" }.joined()
        let parser = RequestParser(limits: RequestParser.Limits())
        Array("GET /v1/me HTTP/1.1\r\nHost: sunrise.localhost\r\n\(lines)\r\n".utf8)
            .withUnsafeBytes { parser.receive($0) }
        var step = try parser.next()
        if case .head = step { step = try parser.next() }
        guard case .request(let head, let body) = step else { throw Refusal("The request is not whole.") }
        return TenantRequest(
            HTTPRequest(head: head, body: body, peer: Peer(.loopback, trusted: [])),
            to: tenant ?? self.tenant,
            database: place.database, now: instant ?? now, requestID: UniqueID(high: 5, low: 5))
    }
}
