import JSON
import Messaging
import Terminal
import Vocabulary

/// Gives a clinic a gateway of its own.
struct SetGateway: Command {
    static let name = "gateway set"
    static let summary = "Send a clinic's messages by a gateway of its own; its address is kept sealed."
    static let examples = ["nadi gateway set --clinic mitra --channel sms --url-file /run/secrets/mitra-sms"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("channel", "Which channel.") var channel: MessageChannel
    @Option("url-file", "A file whose first line is the address: it holds the password.") var file: InputFile

    func run(in place: Place) async throws -> Answer {
        let url = try file.firstLine()
        try await place.withGateways(of: slug) { gateways, tenant in
            try await gateways.keep(url, for: channel, of: tenant, by: place.operator, at: place.now)
        }
        return Answer(
            json: ["channel": .string(channel.rawValue)],
            lines: ["\(slug) sends \(channel.rawValue) by a gateway of its own now."])
    }
}

/// Takes a clinic's own gateway away.
struct RemoveGateway: Command {
    static let name = "gateway remove"
    static let summary = "Send a clinic's messages by the operator's gateway again."
    static let examples = ["nadi gateway remove --clinic mitra --channel sms"]

    @Option("clinic", "Which clinic.") var slug: Slug
    @Option("channel", "Which channel.") var channel: MessageChannel

    func run(in place: Place) async throws -> Answer {
        let had = try await place.withGateways(of: slug) { gateways, tenant in
            try await gateways.forget(channel, of: tenant, by: place.operator, at: place.now)
        }
        guard had else { throw Refusal("\(slug) has no gateway of its own for \(channel.rawValue).") }
        return Answer(
            json: ["channel": .string(channel.rawValue)],
            lines: ["\(slug) sends \(channel.rawValue) by the operator's gateway again."])
    }
}
