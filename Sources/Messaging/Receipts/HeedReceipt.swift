public import JSON
public import JobQueue
import Vocabulary

/// Does what follows from a receipt.
public struct HeedReceipt: Job {
    /// Never renamed.
    public static let kind = "heed-receipt"
    /// With the messages that may follow.
    public static let lane = Lane.notification

    let gateway: String
    let gatewayID: String
    let state: Receipt.State

    init(_ receipt: Receipt, from gateway: String) {
        (self.gateway, gatewayID, state) = (gateway, receipt.gatewayID, receipt.state)
    }

    /// Reads which receipt.
    public init(payload: JSON) throws {
        guard let gateway = payload["gateway"]?.stringValue, let id = payload["gateway_id"]?.stringValue,
            let state = payload["state"]?.stringValue.flatMap(Receipt.State.init(rawValue:))
        else { throw HopelessJob("The payload names no receipt.") }
        (self.gateway, gatewayID, self.state) = (gateway, id, state)
    }

    /// Writes which receipt.
    public func writePayload(to writer: inout JSONWriter) {
        writer.member("gateway", gateway)
        writer.member("gateway_id", gatewayID)
        writer.member("state", state.rawValue)
    }

    /// What is said of one message is heeded in one line.
    var line: String { "receipt \(gateway) \(gatewayID)" }

    /// The same for the same receipt.
    var key: String { "\(gateway) \(gatewayID) \(state.rawValue)" }
}
