public import JSON
public import JobQueue
public import Vocabulary

/// Tells one event to one webhook.
public struct DeliverWebhook: Job {
    /// Never renamed.
    public static let kind = "deliver-webhook"
    /// Apart from messages to people.
    public static let lane = Lane.webhookOut
    /// How often a delivery is tried: from five seconds to four hours apart, a little more than a day in all.
    static let attempts = 18
    /// Some more than that: whoever finds that the last attempt was cut off writes down that it was.
    public static let retries = Retries(tries: attempts + 3, first: .seconds(5), longest: longestRest)
    static let longestRest = Duration.seconds(4 * 3600)

    /// Which delivery.
    public let delivery: ID<WebhookDelivery>

    /// Tries this delivery.
    public init(delivery: ID<WebhookDelivery>) { self.delivery = delivery }

    /// Reads which delivery.
    public init(payload: JSON) throws {
        guard let id = payload["delivery"]?.stringValue.flatMap({ ID<WebhookDelivery>(text: $0) }) else {
            throw HopelessJob("The payload names no delivery.")
        }
        delivery = id
    }

    /// Writes which delivery.
    public func writePayload(to writer: inout JSONWriter) { writer.member("delivery", delivery) }

    /// What is about one subject arrives at one webhook in the order in which it happened.
    static func line(of webhook: ID<Webhook>, about subject: UniqueID) -> String {
        "webhook \(webhook.text) \(subject)"
    }
}
