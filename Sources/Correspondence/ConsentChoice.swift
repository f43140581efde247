import JSON
import Messaging
public import Shapes

/// A word of a patient's about messages of a category on a channel.
public struct ConsentChoice: Shape {
    /// How messages go.
    @Field("How messages go.") var channel: MessageChannel
    /// What can be chosen about.
    @Field("What they are for.") var category: ConsentCategory
    /// Whether they are wanted.
    @Field("Whether such messages are wanted.") var wanted: Bool

    /// Nothing said yet.
    public init() {}

    var choice: MessageConsent.Choice { MessageConsent.Choice(channel, category.category) }

    /// What changed, for the audit trail: words of ours alone.
    static func detail(
        of said: [MessageConsent.Choice: Bool], _ takenBack: [MessageConsent.Choice]
    ) -> JSONObject {
        let changes = said.map { (name($0.key), JSON.bool($0.value)) } + takenBack.map { (name($0), .null) }
        return ["changed": .object(JSONObject(changes.sorted { $0.0 < $1.0 }))]
    }

    static func name(_ choice: MessageConsent.Choice) -> String {
        "\(choice.channel.rawValue) \(choice.category.rawValue)"
    }
}

/// What somebody may want none of. Codes are not among them: without them nobody could sign in.
enum ConsentCategory: String, CaseIterable, WireValue {
    case appointment, reminder, marketing

    var category: MessageCategory {
        switch self {
        case .appointment: .appointment
        case .reminder: .reminder
        case .marketing: .marketing
        }
    }
}

extension MessageCategory: WireValue {}
extension MessageConsent.Speaker: WireValue {}

extension Rule where Value == [ConsentChoice] {
    /// No channel and category twice.
    static var eachOnce: Rule {
        .check("not_unique", "name each channel and category once") { choices in
            Set(choices.map(\.choice)).count == choices.count
        }
    }
}
