public import Database
public import Identity
public import Vocabulary

extension OwnAddresses: FromRow {
    init(_ row: inout Row) throws {
        let (mail, mailSince) = (try row.next(String?.self), try row.next(Instant?.self))
        let (number, numberSince) = (try row.next(String?.self), try row.next(Instant?.self))
        email = mail.map { OwnAddress(identifier: .email($0), verifiedAt: mailSince) }
        phone = number.map { OwnAddress(identifier: .phone($0), verifiedAt: numberSince) }
    }

    /// Where the person can be reached; held until the transaction ends where it is to be changed.
    static func of(_ person: Person, forChange: Bool = false, in tenant: TenantID) -> SQL {
        let held: SQL = forChange ? "FOR UPDATE" : ""
        return switch person.kind {
        case .staff:
            """
            SELECT email, email_verified_at, phone, phone_verified_at FROM staff_member
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active \(held)
            """
        case .patient:
            """
            SELECT email, email_verified_at, phone, phone_verified_at FROM patient
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active \(held)
            """
        case .support: .noAddress
        }
    }
}

extension Identifier {
    /// The person is reached there from now on. That they have proven it is another statement: the row itself
    /// forgets what was proven of the address before.
    func become(addressOf person: Person, in tenant: TenantID) -> SQL {
        switch (self, person.kind) {
        case (.email(let email), .staff):
            """
            UPDATE staff_member SET email = \(email)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active
            """
        case (.phone(let phone), .staff):
            """
            UPDATE staff_member SET phone = \(phone)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active
            """
        case (.email(let email), .patient):
            """
            UPDATE patient SET email = \(email), version = version + 1
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active
            """
        case (.phone(let phone), .patient):
            """
            UPDATE patient SET phone = \(phone), version = version + 1
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND active
            """
        case (_, .support): .noAddress
        }
    }

    /// Writes down, the first time, that somebody reads what is sent there.
    public func noteProof(by person: Person, at now: Instant, in tenant: TenantID) -> SQL {
        switch (self, person.kind) {
        case (.email(let email), .staff):
            """
            UPDATE staff_member SET email_verified_at = \(now)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND email = \(email) AND email_verified_at IS NULL
            """
        case (.phone(let phone), .staff):
            """
            UPDATE staff_member SET phone_verified_at = \(now)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND phone = \(phone) AND phone_verified_at IS NULL
            """
        case (.email(let email), .patient):
            """
            UPDATE patient SET email_verified_at = \(now)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND email = \(email) AND email_verified_at IS NULL
            """
        case (.phone(let phone), .patient):
            """
            UPDATE patient SET phone_verified_at = \(now)
            WHERE tenant_id = \(tenant) AND id = \(person.id) AND phone = \(phone) AND phone_verified_at IS NULL
            """
        case (_, .support): .noAddress
        }
    }
}

extension SQL {
    /// The platform's people have no address that a clinic keeps or could change.
    fileprivate static let noAddress: SQL = "SELECT WHERE false"
}
