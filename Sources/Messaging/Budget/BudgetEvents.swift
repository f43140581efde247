import JSON
import Outbox
import Vocabulary

/// Something is to be said of what a clinic has sent by a channel on a day.
protocol OfMessageBudget: Event where Subject == MessageBudget {
    var budget: MessageBudget { get }
    var sent: Int { get }
    var tenant: TenantID { get }
}

extension OfMessageBudget {
    var subject: ID<MessageBudget> { budget.id(in: tenant) }

    func writePayload(to writer: inout JSONWriter) {
        writer.member("channel", budget.channel.rawValue)
        writer.member("day", "\(budget.day)")
        writer.member("sent", sent)
        writer.member("limit", budget.most)
    }
}

/// Four fifths of what a clinic may send by a channel today are sent.
struct BudgetNearlyUsed: Event, OfMessageBudget {
    static let kind = "message-budget.nearly-used"

    let budget: MessageBudget
    let sent: Int
    let tenant: TenantID

    var version: Int32 { 1 }
}

/// Nothing more is sent by a channel today.
struct BudgetUsed: Event, OfMessageBudget {
    static let kind = "message-budget.used"

    let budget: MessageBudget
    let sent: Int
    let tenant: TenantID

    var version: Int32 { 2 }
}
