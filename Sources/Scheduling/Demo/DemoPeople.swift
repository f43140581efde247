import Identity
import PluginKit
import Records
import Tenancy
import Vocabulary

/// Everybody in a demo clinic.
struct DemoPeople {
    struct Staff {
        let id: ID<StaffMember>
        let person: DemoPerson
        let role: Role
    }

    struct Practitioner {
        let id: ID<Records.Practitioner>
        let staff: Staff
        let location: Location
    }

    struct Patient {
        let id: ID<Records.Patient>
        let person: DemoPerson
    }

    let admin: Staff
    let receptionist: Staff
    let practitioners: [Practitioner]
    let patients: [Patient]
    let language: Language
    let now: Instant

    /// Someone for the office, someone for the desk, at each location someone of every role that a visit
    /// needs, and the patients.
    init(of tenant: Tenant, patients count: Int, on today: Day, _ dice: inout DemoDice) {
        let names = DemoNames.of(country: tenant.configuration.country)
        let made = Instant(seconds: Int64(today.number) * 86_400), domain = "\(tenant.slug.text).example"
        var number = 0
        func person(_ domain: String) -> DemoPerson {
            number += 1
            return DemoPerson(names, number: number, at: domain, today: today, &dice)
        }
        func staff(_ role: Role) -> Staff {
            Staff(id: dice.id(at: made), person: person("staff.\(domain)"), role: role)
        }
        admin = staff(.admin)
        receptionist = staff(.receptionist)
        practitioners = tenant.locations.flatMap { place in
            tenant.practitionerRoles.map { role in
                Practitioner(id: dice.id(at: made), staff: staff(role), location: place)
            }
        }
        patients = (0..<count).map { _ in Patient(id: dice.id(at: made), person: person(domain)) }
        let spoken = tenant.configuration.languages
        language = spoken.first { $0.tag == names.language } ?? spoken.first ?? .fallback
        now = made
    }

    var staff: [Staff] { [admin, receptionist] + practitioners.map(\.staff) }
}

extension Tenant {
    /// Each role that any visit needs, once.
    fileprivate var practitionerRoles: [Role] {
        var roles: [Role] = []
        for need in visitTypes.flatMap(\.visitType.needs) {
            guard case .practitioner(let allowed) = need.kind,
                let role = allowed.min(by: { $0.rawValue < $1.rawValue }), !roles.contains(role)
            else { continue }
            roles.append(role)
        }
        return roles
    }
}

extension Language {
    fileprivate static let fallback: Language = {
        guard let english = Language(tag: "en") else { preconditionFailure("en is a language.") }
        return english
    }()
}
