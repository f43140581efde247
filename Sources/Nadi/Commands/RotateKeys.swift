import Identity
import JSON
import Terminal

/// Signs tokens with new keys from now on.
struct RotateKeys: Command {
    static let name = "keys rotate"
    static let summary = "Sign tokens with new keys; what the old ones signed counts until it ends."
    static let examples = ["nadi keys rotate"]

    func run(in place: Place) async throws -> Answer {
        let secret = try place.configuration.openSecret()
        let (own, programs) = try await place.withDatabase { database in
            (
                try await SigningKeys(in: database, under: secret).rotate().id.text,
                try await ProgramKeys(in: database, under: secret).rotate().text
            )
        }
        return Answer(
            json: ["kid": .string(own), "rs256_kid": .string(programs)],
            lines: [
                "Tokens are signed by \(own) from now on,",
                "and those of programs that ask for RS256 by \(programs).",
            ])
    }
}
