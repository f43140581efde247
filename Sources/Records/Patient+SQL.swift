public import Access
public import Database
public import Vocabulary

extension Patient: FromRow {
    /// Reads the columns in the order in which `columns` names them.
    public init(_ row: inout Row) throws {
        self.init(
            id: try row.next(), name: try row.next(), birthDate: try row.next(), phone: try row.next(),
            email: try row.next(), language: try row.next(), version: try row.next(),
            createdAt: try row.next())
    }

    private static let columns: SQL = "id, name, birth_date, phone, email, language, version, created_at"

    /// Whether the clinic knows a patient of that id.
    public static func isKnown(_ id: ID<Patient>, in clinic: TenantDatabase) async throws -> Bool {
        try await clinic.row(known(id, in: clinic.tenant), as: ID<Patient>.self) != nil
    }

    /// A row where the clinic knows a patient of that id.
    public static func known(_ id: ID<Patient>, in tenant: TenantID) -> SQL {
        "SELECT id FROM patient WHERE tenant_id = \(tenant) AND id = \(id)"
    }

    /// By what patients are reached.
    static let reached = PatientColumns(patient: "id")

    static func withID(_ id: ID<Patient>, within sight: Sight, in tenant: TenantID) -> SQL {
        """
        SELECT \(columns), \(sight.column(on: reached, in: tenant)) FROM patient
        WHERE tenant_id = \(tenant) AND id = \(id) AND active \(sight.reach.bound(on: reached, in: tenant))
        """
    }

    /// Whether there is such a patient, as far as the reach goes.
    public static func isReached(_ id: ID<Patient>, within reach: PatientReach, in tenant: TenantID) -> SQL {
        "SELECT EXISTS (\(Self.reached(id, within: reach, in: tenant)))"
    }

    /// A row where there is such a patient, as far as the reach goes.
    public static func reached(_ id: ID<Patient>, within reach: PatientReach, in tenant: TenantID) -> SQL {
        """
        SELECT id FROM patient
        WHERE tenant_id = \(tenant) AND id = \(id) AND active \(reach.bound(on: reached, in: tenant))
        """
    }

    /// Patients whose name begins with the text, in the order of their names, after the last one seen. LIKE
    /// could use no index under row security, so the prefix is a span of the index: U+10FFFF sorts behind
    /// every continuation.
    static func named(
        _ prefix: String, after last: PatientPlace, limit: Int, within sight: Sight, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns), \(sight.column(on: reached, in: tenant)), search_name FROM patient
        WHERE tenant_id = \(tenant) AND search_name >= lower(\(prefix)) AND search_name < lower(\(prefix)) || U&'\\+10FFFF'
          AND (search_name, id) > (\(last.name), \(last.id)) AND active \(sight.reach.bound(on: reached, in: tenant))
        ORDER BY search_name, id LIMIT \(limit)
        """
    }

    /// Stores a new patient and the resource that appointments take.
    func insert(in transaction: borrowing Transaction) {
        transaction.queue(
            "INSERT INTO resource (tenant_id, id, kind) VALUES (\(transaction.tenant), \(id), 'patient')")
        transaction.queue(
            """
            INSERT INTO patient (tenant_id, id, name, birth_date, phone, email, language, created_at)
            VALUES (\(transaction.tenant), \(id), \(name), \(birthDate), \(phone), \(email), \(language), \(createdAt))
            """)
    }
}

/// A patient, and in which views of whoever asks they are.
struct SeenPatient: FromRow {
    let patient: Patient
    let views: Int32

    init(_ row: inout Row) throws { (patient, views) = (try Patient(&row), try row.next()) }
}

/// A patient, and where they stand in the order of names.
struct FoundPatient: FromRow {
    let seen: SeenPatient
    let place: PatientPlace

    init(_ row: inout Row) throws {
        seen = try SeenPatient(&row)
        place = PatientPlace(name: try row.next(), id: seen.patient.id)
    }
}
