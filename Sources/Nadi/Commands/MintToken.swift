import Identity
import JSON
import Terminal
import Vocabulary

/// Makes a token without a sign-in.
struct MintToken: Command {
    static let name = "token"
    static let summary = "Make a staff member's access token without a sign-in; refused in production."
    static let examples = [
        "nadi token --clinic sunrise-family-practice --staff stf_01jd3mwqz5e8vsd3yk8yq9p0ra"
    ]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("staff", "Whose token.") var id: ID<StaffMember>

    func run(in place: Place) async throws -> Answer {
        let token = try await place.withDatabase { database in
            try await place.token(for: id, at: try await place.clinic(slug, in: database), in: database)
        }
        return Answer(json: ["token": .string(token)], lines: [token])
    }
}
