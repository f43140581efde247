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
        try await clinic.row(
            "SELECT id FROM patient WHERE tenant_id = \(clinic.tenant) AND id = \(id)", as: ID<Patient>.self)
            != nil
    }

    static func withID(_ id: ID<Patient>, in tenant: TenantID) -> SQL {
        "SELECT \(columns) FROM patient WHERE tenant_id = \(tenant) AND id = \(id) AND active"
    }

    /// Patients whose name begins with the text, in the order of their names, after the last one seen. LIKE
    /// could use no index under row security, so the prefix is a span of the index: U+10FFFF sorts behind
    /// every continuation.
    static func named(
        _ prefix: String, after last: PatientPlace, limit: Int, in tenant: TenantID
    ) -> SQL {
        """
        SELECT \(columns), search_name FROM patient
        WHERE tenant_id = \(tenant) AND search_name >= lower(\(prefix)) AND search_name < lower(\(prefix)) || U&'\\+10FFFF'
          AND (search_name, id) > (\(last.name), \(last.id)) AND active
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

/// A patient, and where they stand in the order of names.
struct FoundPatient: FromRow {
    let patient: Patient
    let place: PatientPlace

    init(_ row: inout Row) throws {
        patient = try Patient(&row)
        place = PatientPlace(name: try row.next(), id: patient.id)
    }
}
