public import Reception

extension OpenEndpoints {
    /// What development alone may be asked.
    public mutating func openInbox() { open(ReadInbox.self) }
}
