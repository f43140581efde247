import JSON
import Tenancy
import Terminal
import Vocabulary

/// Takes a clinic off the net without losing anything of it.
struct SuspendClinic: Command {
    static let name = "clinic suspend"
    static let summary = "Let a clinic's host answer as an unknown one does. Nothing of it is lost."
    static let examples = ["nadi clinic suspend mitra"]

    @Positional("SLUG", "Which clinic.") var slug: Slug

    func run(in place: Place) async throws -> Answer {
        try await place.withRegistry { try await $0.suspend(slug, at: place.now) }
        return Answer(json: ["suspended": .string(slug.text)], lines: ["\(slug) is suspended."])
    }
}

/// Ends a suspension.
struct ResumeClinic: Command {
    static let name = "clinic resume"
    static let summary = "Let a suspended clinic answer again."
    static let examples = ["nadi clinic resume mitra"]

    @Positional("SLUG", "Which clinic.") var slug: Slug

    func run(in place: Place) async throws -> Answer {
        try await place.withRegistry { try await $0.resume(slug) }
        return Answer(json: ["resumed": .string(slug.text)], lines: ["\(slug) answers again."])
    }
}
