import JSON
import Tenancy
import Terminal
import Vocabulary

/// Takes a suspended clinic out of the database for ever.
struct DeleteClinic: Command {
    static let name = "clinic delete"
    static let summary = "Delete a suspended clinic for ever: patients, appointments, trail."
    static let examples = ["nadi clinic delete mitra", "nadi clinic delete mitra --confirm mitra"]

    @Positional("SLUG", "Which clinic.") var slug: Slug
    @Option("confirm", "The slug once more, where nobody can be asked to type it.") var confirmation: String?

    func run(in place: Place) async throws -> Answer {
        try place.demand(slug, typed: confirmation, "This deletes \(slug) with all its patients, for ever.")
        try await place.withRegistry { try await $0.delete(slug) }
        return Answer(json: ["deleted": .string(slug.text)], lines: ["\(slug) is gone."])
    }
}
