public import Reception

extension OpenEndpoints {
    /// What a clinic can ask about its webhooks. The reception needs `WebhookParts` among its tools.
    public mutating func openWebhooks() {
        open(AddWebhook.self)
        open(ListWebhooks.self)
        open(ReadWebhook.self)
        open(ChangeWebhook.self)
        open(RemoveWebhook.self)
        open(RotateWebhookSecret.self)
        open(PingWebhook.self)
        open(ReplayWebhook.self)
        open(ListWebhookDeliveries.self)
    }
}
