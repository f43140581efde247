import Identity
import JSON
import Messaging
import Records
public import Shapes
import Vocabulary

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
    case appointment, reminder, record, marketing

    var category: MessageCategory {
        switch self {
        case .appointment: .appointment
        case .reminder: .reminder
        case .record: .record
        case .marketing: .marketing
        }
    }
}

extension MessageConsent.Speaker {
    /// As whom a caller speaks about that patient: a patient who speaks about another one answers for them.
    init(_ caller: Caller, about patient: ID<Patient>) {
        switch caller.kind {
        case .patient: self = caller.id == patient.unique ? .patient : .guardian
        case .staff: self = .staff
        case .support, .integration, .system: self = .system
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
