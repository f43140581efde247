import CWslay

/// Why a WebSocket is closed (RFC 6455, 7.4.1).
public enum CloseCode: UInt16, Sendable {
    case normal = 1000
    case goingAway = 1001
    case unsupported = 1003
    case policy = 1008
    case tryAgainLater = 1013
}

/// Frames in, messages out; messages in, frames out. Knows no socket and no clock.
///
/// wslay answers pings, closes and breaches of the protocol by itself; `takeOutgoing` has its answers too.
public final class MessageCodec {
    /// The longest message; a longer one closes with 1009.
    public static let messageBytesMax = 64 << 10

    private var context: wslay_event_context_ptr?
    fileprivate var incoming: [UInt8] = []
    fileprivate var taken = 0
    fileprivate var outgoing: [UInt8] = []
    fileprivate var messages: [String] = []
    /// Frames of every kind since the beginning: what rates are counted by.
    public fileprivate(set) var frameCount = 0

    /// The server's end of a connection.
    public init() {
        var callbacks = wslay_event_callbacks(
            recv_callback: receiveBytes, send_callback: sendBytes, genmask_callback: nil,
            on_frame_recv_start_callback: { _, _, codec in MessageCodec.of(codec)?.frameCount += 1 },
            on_frame_recv_chunk_callback: nil, on_frame_recv_end_callback: nil,
            on_msg_recv_callback: { _, message, codec in
                if let message { MessageCodec.of(codec)?.take(message.pointee) }
            })
        let own = Unmanaged.passUnretained(self).toOpaque()
        if wslay_event_context_server_init(&context, &callbacks, own) != 0 { context = nil }
        wslay_event_config_set_max_recv_msg_length(context, UInt64(Self.messageBytesMax))
    }

    deinit { wslay_event_context_free(context) }

    /// Whether nothing more will be read or written: both have said goodbye, or the client broke the protocol
    /// and was told.
    public var isOver: Bool {
        wslay_event_want_read(context) == 0 && wslay_event_want_write(context) == 0
    }

    /// Takes bytes as they come; the texts that are whole by now.
    public func receive(_ bytes: [UInt8]) -> [String] {
        incoming += bytes
        // What cannot be read any more, after a close or a breach, is nobody's.
        if wslay_event_recv(context) != 0 || wslay_event_want_read(context) == 0 {
            (incoming, taken) = ([], 0)
        }
        if taken == incoming.count { (incoming, taken) = ([], 0) }
        defer { messages = [] }
        return messages
    }

    /// Sends a text.
    public func send(_ text: [UInt8]) { queue(text, as: UInt8(WSLAY_TEXT_FRAME.rawValue)) }

    /// Asks whether the other end is there.
    public func ping() { queue([], as: UInt8(WSLAY_PING.rawValue)) }

    /// Says goodbye, behind everything that was sent before.
    public func close(_ code: CloseCode) { wslay_event_queue_close(context, code.rawValue, nil, 0) }

    /// The bytes to send now.
    public func takeOutgoing() -> [UInt8] {
        _ = wslay_event_send(context)
        defer { outgoing = [] }
        return outgoing
    }

    private func queue(_ bytes: [UInt8], as opcode: UInt8) {
        bytes.withUnsafeBufferPointer { bytes in
            var message = wslay_event_msg(opcode: opcode, msg: bytes.baseAddress, msg_length: bytes.count)
            _ = wslay_event_queue_msg(context, &message)
        }
        // wslay sends control frames first: what was said before a goodbye must be out before it.
        _ = wslay_event_send(context)
    }

    private func take(_ message: wslay_event_on_msg_recv_arg) {
        switch UInt32(message.opcode) {
        case WSLAY_TEXT_FRAME.rawValue:
            let bytes = UnsafeBufferPointer(start: message.msg, count: message.msg_length)
            messages.append(String(decoding: bytes, as: UTF8.self))
        case WSLAY_BINARY_FRAME.rawValue: close(.unsupported)
        default: break
        }
    }

    fileprivate static func of(_ pointer: UnsafeMutableRawPointer?) -> MessageCodec? {
        pointer.map { Unmanaged<MessageCodec>.fromOpaque($0).takeUnretainedValue() }
    }
}

private func receiveBytes(
    _ context: wslay_event_context_ptr?, _ buffer: UnsafeMutablePointer<UInt8>?, _ length: Int,
    _ flags: Int32,
    _ codec: UnsafeMutableRawPointer?
) -> Int {
    guard let codec = MessageCodec.of(codec), let buffer, codec.taken < codec.incoming.count else {
        wslay_event_set_error(context, Int32(WSLAY_ERR_WOULDBLOCK.rawValue))
        return -1
    }
    let count = min(length, codec.incoming.count - codec.taken)
    codec.incoming.withUnsafeBufferPointer { bytes in
        if let start = bytes.baseAddress { buffer.update(from: start + codec.taken, count: count) }
    }
    codec.taken += count
    return count
}

private func sendBytes(
    _ context: wslay_event_context_ptr?, _ bytes: UnsafePointer<UInt8>?, _ length: Int, _ flags: Int32,
    _ codec: UnsafeMutableRawPointer?
) -> Int {
    MessageCodec.of(codec)?.outgoing += UnsafeBufferPointer(start: bytes, count: length)
    return length
}
