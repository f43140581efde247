public import Access
public import Database
import Identity
import Tenancy
public import Vocabulary

/// The columns by which a statement's rows are about patients.
public struct PatientColumns: Sendable {
    let patient: SQL
    let location: SQL?

    /// Rows that name their patient, and perhaps where they are; where they are nowhere, a right at any
    /// location reaches them.
    public init(patient: SQL, location: SQL? = nil) { (self.patient, self.location) = (patient, location) }
}

extension PatientReach {
    /// The condition that keeps a statement to the rows it extends to, behind an `AND`; nothing where that is
    /// all of them.
    public func bound(on columns: PatientColumns, in tenant: TenantID) -> SQL {
        guard let condition = condition(on: columns, in: tenant) else { return "" }
        return "AND \(condition)"
    }

    /// The same by itself; nil where it extends to every row.
    public func condition(on columns: PatientColumns, in tenant: TenantID) -> SQL? {
        if isEverything || (columns.location == nil && locations != .only([])) { return nil }
        var ways: [SQL] = []
        if let column = columns.location, case .only(let places) = locations, !places.isEmpty {
            ways.append("\(column) = ANY (\(places.sorted()))")
        }
        if !patients.isEmpty { ways.append("\(columns.patient) = ANY (\(patients.sorted()))") }
        if let carer {
            ways.append("\(columns.patient) = ANY (ARRAY(\(carer.patients(in: tenant))))")
        }
        guard let first = ways.first else { return "false" }
        return ways.count == 1 ? first : "(\(ways.dropFirst().reduce(first) { "\($0) OR \($1)" }))"
    }
}

extension Carer {
    /// Whether this patient is in their care.
    public func cares(for patient: ID<Patient>, in tenant: TenantID) -> SQL {
        "SELECT \(patient) = ANY (ARRAY(\(patients(in: tenant))))"
    }

    /// The patients in their care, found once for a statement: by the practitioner's span of the index of
    /// appointments, and by the care teams that the carer is on.
    func patients(in tenant: TenantID) -> SQL {
        """
        SELECT a.patient_id FROM practitioner p
        JOIN appointment a ON a.tenant_id = \(tenant) AND a.practitioner_id = p.id AND \(counts)
            AND a.stage <> ALL (\(Self.void))
        WHERE p.tenant_id = \(tenant) AND p.staff_member_id = \(staffMember)
        UNION ALL
        SELECT c.patient_id FROM care_team c
        WHERE c.tenant_id = \(tenant) AND c.staff_member_id = \(staffMember) AND c.removed_at IS NULL
            AND c.since <= \(now) AND (c.valid_until > \(now) OR c.valid_until IS NULL)
        """
    }

    /// Appointments in these stages promise nothing, or never did.
    private static let void = ["declined", "expired", "cancelled", "rescheduled", "entered-in-error"]

    /// Which appointments count by their time. The day is the one on the wall on which people agreed.
    private var counts: SQL {
        guard let today else { return "a.starts_at >= \(now - Self.careLasts)" }
        let margin = Duration.seconds(36 * 3600)
        return """
            a.starts_at > \(now - margin) AND a.starts_at < \(now + margin)
                AND (a.zone, a.local_start::date) IN (
                    SELECT * FROM unnest(\(today.map(\.zone)), \(today.map(\.day))))
            """
    }
}

extension Sight {
    /// A column that tells which of its views reach a row: a bit for each.
    public func column(on columns: PatientColumns, in tenant: TenantID) -> SQL {
        guard views.count > 1 else { return "1::int4" }
        var column: SQL = "0::int4"
        for (place, view) in views.enumerated() {
            let bit = Int32(1) << Int32(place)
            guard let condition = view.reach.condition(on: columns, in: tenant) else {
                column = "\(column) + \(bit)"
                continue
            }
            column = "\(column) + CASE WHEN \(condition) THEN \(bit) ELSE 0 END"
        }
        return column
    }
}
