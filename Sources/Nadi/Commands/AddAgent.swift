import Identity
import JSON
import Terminal
import Trust
import Vocabulary

/// Takes somebody on who gives support.
struct AddAgent: Command {
    static let name = "support add"
    static let summary = "Take somebody on who gives support: clinics can then let them in."
    static let examples = ["nadi support add --name 'Ines Duarte' --email ines@platform.example"]

    @Option("name", "What clinics see.") var title: String
    @Option("email", "By which clinics let them in, and where codes reach them.") var email: String

    func run(in place: Place) async throws -> Answer {
        let entry = try await place.withDatabase { database in
            try await SupportAgents(in: database).add(name: title, email: email.lowercased(), at: place.now)
        }
        return Answer(json: entry.json, lines: ["\(entry.name) gives support now: \(entry.id)"])
    }
}

/// Lists who gives support.
struct ListAgents: Command {
    static let name = "support list"
    static let summary = "List who gives support, or did, and at which clinics they may come in now."
    static let examples = ["nadi support list"]

    func run(in place: Place) async throws -> Answer {
        let entries = try await place.withDatabase { try await SupportAgents(in: $0).list() }
        return Answer(
            json: ["agents": .array(entries.map(\.json))],
            lines: entries.map { entry in
                let state = entry.removedAt == nil ? "" : place.terminal.paint("  gone", .quiet)
                let clinics = entry.clinics.joined(separator: ", ")
                return "\(entry.id)  \(entry.name)  \(entry.email)  \(clinics)\(state)"
            })
    }
}

/// Lets somebody go who gave support.
struct RemoveAgent: Command {
    static let name = "support remove"
    static let summary = "Let somebody go who gave support: they are out of every clinic within seconds."
    static let examples = ["nadi support remove --email ines@platform.example"]

    @Option("email", "Who.") var email: String

    func run(in place: Place) async throws -> Answer {
        let entry = try await place.withDatabase { database in
            try await SupportAgents(in: database).remove(
                email.lowercased(), by: place.operator, at: place.now)
        }
        return Answer(
            json: ["removed": .string(entry.id.text)], lines: ["\(entry.name) can come in nowhere any more."])
    }
}

extension SupportAgents.Entry {
    fileprivate var json: JSON {
        [
            "id": .string(id.text), "name": .string(name), "email": .string(email),
            "added_at": .string(addedAt.text), "removed_at": removedAt.map { .string($0.text) } ?? .null,
            "clinics": .array(clinics.map { .string($0) }),
        ]
    }
}
