public import Crypto
public import HTTP
import Outbox
public import Outgoing

/// What webhooks of an installation have in common: the key that seals their secrets, and where they may go.
public struct WebhookParts: Sendable {
    let seal: WebhookSeal
    let target: WebhookTarget
    let names: EventNames
    /// What deliveries are guarded by, for the courier that carries them.
    public let addresses: AddressGuard

    /// Blocks that are opened beside the public internet may be reached without encryption, too: for
    /// development, whose receivers stand on the same machine.
    public init(under secret: Secret, opening blocks: [AddressBlock] = []) {
        seal = WebhookSeal(under: secret)
        names = EventNames(under: secret)
        target = WebhookTarget(opened: blocks)
        addresses = .publicOnly(except: blocks, allowingPlainText: !blocks.isEmpty)
    }
}
