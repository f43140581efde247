import JSON
import Outbox
import Vocabulary

/// Four fifths of what a clinic may send by a channel today are sent.
struct BudgetNearlyUsed: Event {
    static let kind = "message-budget.nearly-used"

    let budget: MessageBudget
    let sent: Int
    let tenant: TenantID

    var subject: ID<MessageBudget> { budget.id(in: tenant) }
    var version: Int32 { 1 }

    func writePayload(to writer: inout JSONWriter) { budget.writeFacts(sent: sent, to: &writer) }
}

/// Nothing more is sent by a channel today.
struct BudgetUsed: Event {
    static let kind = "message-budget.used"

    let budget: MessageBudget
    let sent: Int
    let tenant: TenantID

    var subject: ID<MessageBudget> { budget.id(in: tenant) }
    var version: Int32 { 2 }

    func writePayload(to writer: inout JSONWriter) { budget.writeFacts(sent: sent, to: &writer) }
}

extension MessageBudget {
    fileprivate func writeFacts(sent: Int, to writer: inout JSONWriter) {
        writer.member("channel", channel.rawValue)
        writer.member("day", "\(day)")
        writer.member("sent", sent)
        writer.member("limit", most)
    }
}
