public import Messaging

/// What the room's endpoints work with beside the rows: the gateways, whose receipts are proven, and the
/// links that end mails.
public struct CorrespondenceParts: Sendable {
    let gateways: MessageGateways
    let links: MessageLinks

    /// The same gateways and links that the sender has.
    public init(_ gateways: MessageGateways, _ links: MessageLinks) {
        (self.gateways, self.links) = (gateways, links)
    }
}
