public import Database
import Identity
import Vocabulary

extension TrustedIssuer: FromRow {
    private static let columns: SQL = """
        id, name, issuer, registered_as, sealed_secret IS NOT NULL, domains, covers_second_factor, enabled, version,
        created_at
        """

    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        (id, name, issuer) = (try row.next(), try row.next(), try row.next())
        (registeredAs, keepsSecret, domains) = (try row.next(), try row.next(), try row.next())
        (coversSecondFactor, enabled) = (try row.next(), try row.next())
        (version, createdAt) = (try row.next(), try row.next())
    }

    static func all(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM trusted_issuer WHERE tenant_id = \(tenant) ORDER BY id"
    }

    /// Those by which people come in.
    static func open(in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM trusted_issuer WHERE tenant_id = \(tenant) AND enabled ORDER BY id"
    }

    static func withID(_ id: ID<TrustedIssuer>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM trusted_issuer WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    static func secret(of id: ID<TrustedIssuer>, in tenant: TenantID) -> SQL {
        "SELECT sealed_secret FROM trusted_issuer WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// By which those who add issuers to one clinic wait for each other.
    static func addingLock(of tenant: TenantID) -> Int64 {
        0x6973_7375_6572_7300 ^ Int64(tenant.number)
    }

    /// No row when the clinic has as many as it may. Whoever asks holds `addingLock`.
    static func insert(
        _ id: ID<TrustedIssuer>, _ wish: IssuerWish, secret: [UInt8]?, at now: Instant, in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO trusted_issuer (tenant_id, id, name, issuer, registered_as, sealed_secret, domains,
            covers_second_factor, created_at)
        SELECT \(tenant), \(id), \(wish.name), \(wish.issuer), \(wish.registeredAs), \(secret), \(wish.domains),
            \(wish.coversSecondFactor), \(now)
        WHERE (SELECT count(*) FROM trusted_issuer WHERE tenant_id = \(tenant)) < \(most)
        RETURNING \(columns)
        """
    }

    /// What is nil stays as it is; what it calls itself cannot become another house's name, whose subjects
    /// would then be taken for people of this one.
    static func change(_ id: ID<TrustedIssuer>, _ change: IssuerChange, in tenant: TenantID) -> SQL {
        """
        UPDATE trusted_issuer SET name = coalesce(\(change.name), name),
            registered_as = coalesce(\(change.registeredAs), registered_as),
            sealed_secret = coalesce(\(change.secret), sealed_secret), domains = coalesce(\(change.domains), domains),
            covers_second_factor = coalesce(\(change.coversSecondFactor), covers_second_factor),
            enabled = coalesce(\(change.enabled), enabled), version = version + 1
        WHERE tenant_id = \(tenant) AND id = \(id) RETURNING \(columns)
        """
    }

    /// Whom it meant by what goes with it.
    static func remove(_ id: ID<TrustedIssuer>, in tenant: TenantID) -> SQL {
        "DELETE FROM trusted_issuer WHERE tenant_id = \(tenant) AND id = \(id)"
    }
}

/// What a new issuer is.
struct IssuerWish {
    let name: String
    let issuer: String
    let registeredAs: String
    let domains: [String]
    let coversSecondFactor: Bool
}

/// What somebody wants otherwise.
struct IssuerChange {
    var name: String?
    var registeredAs: String?
    var secret: [UInt8]?
    var domains: [String]?
    var coversSecondFactor: Bool?
    var enabled: Bool?
}

/// The box in which the clinic's secret at an issuer lies.
struct SealedSecret: FromRow {
    let box: [UInt8]?

    init(_ row: inout Row) throws { box = try row.next() }
}

/// Whom an issuer means by a subject.
enum IssuerLink {
    /// Who it has meant since the first time, if they still work here.
    static func read(_ subject: String, of issuer: ID<TrustedIssuer>, in tenant: TenantID) -> SQL {
        """
        SELECT s.id, s.active FROM issuer_link l
        JOIN staff_member s ON s.tenant_id = l.tenant_id AND s.id = l.staff_member_id
        WHERE l.tenant_id = \(tenant) AND l.issuer_id = \(issuer) AND l.subject = \(subject)
        """
    }

    /// The first time: whoever works here with that address, and is not meant by another subject yet. Of two
    /// at once one makes the link.
    static func make(
        _ subject: String, of issuer: ID<TrustedIssuer>, to email: String, at now: Instant,
        in tenant: TenantID
    ) -> SQL {
        """
        INSERT INTO issuer_link (tenant_id, issuer_id, subject, staff_member_id, linked_at)
        SELECT tenant_id, \(issuer), \(subject), s.id, \(now) FROM staff_member s
        WHERE tenant_id = \(tenant) AND s.email = \(email) AND active
        ON CONFLICT DO NOTHING
        RETURNING staff_member_id, true
        """
    }

    /// Somebody of the staff, and whether they still work here.
    struct Found: FromRow {
        let staffMember: ID<StaffMember>
        let isActive: Bool

        init(_ row: inout Row) throws { (staffMember, isActive) = (try row.next(), try row.next()) }
    }
}
