import JSON
import Terminal

/// Reads the whole environment and says what would hold.
struct CheckConfiguration: Command {
    static let name = "config check"
    static let summary =
        "Read every NADI_ setting and say what is wrong with it, all at once, without starting anything."
    static let examples = ["NADI_ENV=production NADI_BASE_DOMAIN=clinics.example nadi config check"]

    func run(in place: Place) async throws -> Answer {
        let configuration = place.configuration
        let facts = [
            ("mode", configuration.mode.rawValue), ("serves", configuration.url(of: nil)),
            ("listens", "\(configuration.host):\(configuration.port)"), ("data", configuration.dataDirectory),
            ("database", configuration.databaseURL == nil ? "private, in the data directory" : "external"),
            ("loops", "\(configuration.loops)"),
        ]
        let doubts = configuration.unknown.map { "\($0) is not a setting of nadi's: is it misspelt?" }
        return Answer(
            json: [
                "settings": .object(JSONObject(facts.map { ($0.0, JSON.string($0.1)) })),
                "doubts": .array(doubts.map { .string($0) }),
            ],
            lines: facts.map { "\($0.0): \($0.1)" } + doubts)
    }
}
