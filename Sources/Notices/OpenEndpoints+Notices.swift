public import Reception

extension OpenEndpoints {
    /// What a clinic can ask about the words of its messages.
    public mutating func openMessageTemplates() {
        open(ListMessageTemplates.self)
        open(ReadMessageTemplate.self)
        open(ListTemplateVersions.self)
        open(ReadTemplateVersion.self)
        open(SaveTemplateVersion.self)
        open(MakeTemplateLive.self)
        open(ResetMessageTemplate.self)
        open(PreviewMessageTemplate.self)
    }

    /// What development alone may be asked.
    public mutating func openInbox() { open(ReadInbox.self) }
}
