import Identity
import JSON
import Records
import Tenancy
import Terminal
import Vocabulary

/// Takes someone on at a clinic.
struct AddStaff: Command {
    static let name = "staff add"
    static let summary = "Take someone on at a clinic, with a role."
    static let examples = [
        "nadi staff add --clinic mitra --role receptionist --name 'Asha Rao' --phone +919812345678",
        "nadi staff add --clinic mitra --role doctor --name 'Dr. Ravi Iyer' --email ravi@mitra.example"
            + " --location main --bookable",
        "nadi staff add --clinic mitra-north --role org.owner --name 'Mira Rao' --email mira@mitra.example",
    ]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("role", "What they will be.") var role: Role
    @Option("name", "What patients call them.") var title: String
    @Option("phone", "Their number, as +919812345678.") var phone: String?
    @Option("email", "Their address.") var email: String?
    @Option("location", "The location that the role is for; the whole clinic without it.") var location: Slug?
    @Flag("bookable", "Patients can book them whenever the location is open.") var isBookable

    func run(in place: Place) async throws -> Answer {
        let entry = try await place.withStaff(of: slug) { staff, tenant in
            var newcomer = StaffRegistry.Newcomer(name: title, role: role)
            newcomer.location = try location.map { try tenant.location(named: $0) }
            newcomer.phone = phone
            newcomer.email = email?.lowercased()
            newcomer.isBookable = isBookable
            return try await staff.add(newcomer, by: place.operator, at: place.now)
        }
        return Answer(json: entry.json, lines: ["\(entry.name) is \(entry.roles[0]) now: \(entry.id)"])
    }
}

/// Lists who works at a clinic.
struct ListStaff: Command {
    static let name = "staff list"
    static let summary = "List who works at a clinic."
    static let examples = ["nadi staff list --clinic mitra"]

    @Option("clinic", "Which clinic.") var slug: Slug

    func run(in place: Place) async throws -> Answer {
        let entries = try await place.withStaff(of: slug) { staff, _ in try await staff.list() }
        return Answer(
            json: ["staff": .array(entries.map(\.json))],
            lines: entries.map { entry in
                let state = entry.isActive ? "" : place.terminal.paint("  gone", .quiet)
                return "\(entry.id)  \(entry.name)  \(entry.roles.joined(separator: ", "))\(state)"
            })
    }
}

/// Lets someone go.
struct RemoveStaff: Command {
    static let name = "staff remove"
    static let summary = "Let someone go: their tokens end within seconds, what they did stays."
    static let examples = ["nadi staff remove --clinic mitra --staff stf_01jd3mwqz5e8vsd3yk8yq9p0ra"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("staff", "Who.") var id: ID<StaffMember>

    func run(in place: Place) async throws -> Answer {
        try await place.withStaff(of: slug) { staff, _ in
            try await staff.remove(id, by: place.operator, at: place.now)
        }
        return Answer(json: ["removed": .string(id.text)], lines: ["\(id) can no longer do anything here."])
    }
}

extension StaffRegistry.Entry {
    fileprivate var json: JSON {
        [
            "id": .string(id.text), "name": .string(name), "roles": .array(roles.map { .string($0) }),
            "practitioner": practitioner.map { .string(ID<Practitioner>($0).text) } ?? .null,
            "active": .bool(isActive),
        ]
    }
}

extension Tenant {
    /// The location of that slug; a refusal in words where there is none.
    fileprivate func location(named slug: Slug) throws -> ID<Location> {
        guard let location = locations.first(where: { $0.slug == slug }) else {
            let known = locations.map(\.slug.text).joined(separator: ", ")
            throw Refusal("\(self.slug) has no location \(slug); it has \(known).")
        }
        return location.id
    }
}
