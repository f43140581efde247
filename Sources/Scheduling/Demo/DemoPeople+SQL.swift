import Database
import Identity
import Records
import Tenancy
import Vocabulary

extension DemoPeople {
    /// Stores everybody. Practitioners work whenever their location is open.
    func insert(in clinic: borrowing Transaction) {
        let tenant = clinic.tenant
        insertStaff(in: clinic)
        clinic.queue(
            """
            INSERT INTO resource (tenant_id, id, kind)
            SELECT \(tenant), id, 'practitioner' FROM unnest(\(practitioners.map(\.id))) AS id
            """)
        clinic.queue(
            """
            INSERT INTO practitioner (tenant_id, id, staff_member_id)
            SELECT \(tenant), one.id, one.staff
            FROM unnest(\(practitioners.map(\.id)), \(practitioners.map(\.staff.id))) AS one (id, staff)
            """)
        clinic.queue(
            """
            INSERT INTO practitioner_hours (tenant_id, practitioner_id, location_id, weekday, from_minute, to_minute)
            SELECT \(tenant), one.id, place.location_id, place.weekday, place.from_minute, place.to_minute
            FROM unnest(\(practitioners.map(\.id)), \(practitioners.map(\.location.id))) AS one (id, location)
            JOIN location_hours AS place ON place.tenant_id = \(tenant) AND place.location_id = one.location
            """)
        insertPatients(in: clinic)
    }

    private func insertStaff(in clinic: borrowing Transaction) {
        let tenant = clinic.tenant, staff = staff
        clinic.queue(
            """
            INSERT INTO staff_member (tenant_id, id, name, email, phone, created_at)
            SELECT \(tenant), one.id, one.name, one.email, one.phone, \(now)
            FROM unnest(\(staff.map(\.id)), \(staff.map(\.person.name)), \(staff.map(\.person.email)), \
            \(staff.map(\.person.phone))) AS one (id, name, email, phone)
            """)
        clinic.queue(
            """
            INSERT INTO staff_role (tenant_id, id, staff_member_id, role)
            SELECT \(tenant), one.id, one.id, one.role
            FROM unnest(\(staff.map(\.id)), \(staff.map(\.role.rawValue))) AS one (id, role)
            """)
    }

    private func insertPatients(in clinic: borrowing Transaction) {
        let tenant = clinic.tenant
        clinic.queue(
            """
            INSERT INTO resource (tenant_id, id, kind)
            SELECT \(tenant), id, 'patient' FROM unnest(\(patients.map(\.id))) AS id
            """)
        clinic.queue(
            """
            INSERT INTO patient (tenant_id, id, name, birth_date, phone, email, language, created_at)
            SELECT \(tenant), one.id, one.name, one.birth_date, one.phone, one.email, \(language), \(now)
            FROM unnest(\(patients.map(\.id)), \(patients.map(\.person.name)), \(patients.map(\.person.birthDate)), \
            \(patients.map(\.person.phone)), \(patients.map(\.person.email)))
                AS one (id, name, birth_date, phone, email)
            """)
    }
}
