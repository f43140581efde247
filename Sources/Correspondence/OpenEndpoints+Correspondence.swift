import HTTP
public import Reception

extension OpenEndpoints {
    /// What comes back about messages. The reception needs `CorrespondenceParts` among its tools.
    public mutating func openCorrespondence() {
        open(ListShownMessages.self)
        open(CountUnreadMessages.self)
        open(ReadShownMessage.self)
        open(ReadAllShownMessages.self)
        open(RemoveShownMessage.self)
        open(ReadMessageConsent.self)
        open(SetMessageConsent.self)
        open(ShowUnsubscribing.self, sending: \.response)
        open(Unsubscribe.self, sending: \.response)
        open(TakeReceipts.self)
        open(ProveReceipts.self, sending: \.response)
    }
}
