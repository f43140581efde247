import Identity
import JSON
import Terminal

/// Signs tokens with a new key from now on.
struct RotateKeys: Command {
    static let name = "keys rotate"
    static let summary = "Sign access tokens with a new key; what the old one signed counts until it ends."
    static let examples = ["nadi keys rotate"]

    func run(in place: Place) async throws -> Answer {
        let secret = try place.configuration.openSecret()
        let key = try await place.withDatabase { database in
            try await SigningKeys(in: database, under: secret).rotate()
        }
        return Answer(
            json: ["kid": .string(key.id.text)], lines: ["Tokens are signed by \(key.id.text) from now on."])
    }
}
