import Testing

@testable import WebSocket

/// What a client sends, byte by byte.
struct ClientFrame {
    var opcode: UInt8
    var payload: [UInt8] = []
    var isLast = true
    var isMasked = true
    var reserved: UInt8 = 0

    var bytes: [UInt8] {
        let key: [UInt8] = [0x37, 0xfa, 0x21, 0x3d], mask: UInt8 = isMasked ? 0x80 : 0
        var bytes = [(isLast ? 0x80 : 0) | reserved << 4 | opcode]
        switch payload.count {
        case ..<126: bytes.append(mask | UInt8(payload.count))
        case ..<65_536: bytes += [mask | 126, UInt8(payload.count >> 8), UInt8(payload.count & 255)]
        default: bytes += [mask | 127] + (0..<8).map { UInt8(payload.count >> (56 - 8 * $0) & 255) }
        }
        guard isMasked else { return bytes + payload }
        return bytes + key + payload.enumerated().map { $1 ^ key[$0 % 4] }
    }
}

/// What must follow from what a client sends (RFC 6455).
struct FrameCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let sent: [UInt8]
    var texts: [String] = []
    /// The close code that is answered, 1005 for a goodbye without one; nil while both go on.
    var closes: UInt16?
    /// Whole frames that are answered besides.
    var answered: [UInt8] = []

    init(
        _ name: String, _ frames: ClientFrame..., texts: [String] = [], closes: UInt16? = nil,
        answered: [UInt8] = []
    ) {
        (testDescription, sent) = (name, frames.flatMap(\.bytes))
        (self.texts, self.closes, self.answered) = (texts, closes, answered)
    }

    static let long = [UInt8](repeating: 97, count: MessageCodec.messageBytesMax)
    static let hi = Array("hi".utf8)

    static let all = [
        FrameCase("5.6 a text", ClientFrame(opcode: 1, payload: hi), texts: ["hi"]),
        FrameCase("5.6 an empty text", ClientFrame(opcode: 1), texts: [""]),
        FrameCase(
            "5.6 two texts at once", ClientFrame(opcode: 1, payload: hi), ClientFrame(opcode: 1),
            texts: ["hi", ""]),
        FrameCase(
            "5.6 125 bytes", ClientFrame(opcode: 1, payload: Array(long.prefix(125))),
            texts: [String(repeating: "a", count: 125)]),
        FrameCase(
            "5.2 126 bytes", ClientFrame(opcode: 1, payload: Array(long.prefix(126))),
            texts: [String(repeating: "a", count: 126)]),
        FrameCase(
            "the longest message", ClientFrame(opcode: 1, payload: long),
            texts: [String(repeating: "a", count: long.count)]),
        FrameCase("one byte more: 1009", ClientFrame(opcode: 1, payload: long + [97]), closes: 1009),
        FrameCase(
            "one byte more in two fragments: 1009", ClientFrame(opcode: 1, payload: long, isLast: false),
            ClientFrame(opcode: 0, payload: [97]), closes: 1009),
        FrameCase(
            "5.4 fragments", ClientFrame(opcode: 1, payload: [104], isLast: false),
            ClientFrame(opcode: 0, payload: [105]), texts: ["hi"]),
        FrameCase(
            "5.4 empty fragments", ClientFrame(opcode: 1, isLast: false),
            ClientFrame(opcode: 0, isLast: false), ClientFrame(opcode: 0, payload: hi), texts: ["hi"]),
        FrameCase(
            "5.4 a letter cut by fragments", ClientFrame(opcode: 1, payload: [0xe2, 0x82], isLast: false),
            ClientFrame(opcode: 0, payload: [0xac]), texts: ["€"]),
        FrameCase(
            "5.4 a ping between fragments", ClientFrame(opcode: 1, payload: [104], isLast: false),
            ClientFrame(opcode: 9, payload: [1]),
            ClientFrame(opcode: 0, payload: [105]), texts: ["hi"], answered: [0x8a, 1, 1]),
        FrameCase("5.4 a continuation of nothing: 1002", ClientFrame(opcode: 0, payload: hi), closes: 1002),
        FrameCase(
            "5.4 a message within a message: 1002", ClientFrame(opcode: 1, payload: hi, isLast: false),
            ClientFrame(opcode: 1, payload: hi), closes: 1002),
        FrameCase("5.1 no mask: 1002", ClientFrame(opcode: 1, payload: hi, isMasked: false), closes: 1002),
        FrameCase("5.2 a reserved bit: 1002", ClientFrame(opcode: 1, payload: hi, reserved: 4), closes: 1002),
        FrameCase(
            "5.2 another reserved bit: 1002", ClientFrame(opcode: 1, payload: hi, reserved: 1), closes: 1002),
        FrameCase("5.2 a reserved kind of message: 1002", ClientFrame(opcode: 3, payload: hi), closes: 1002),
        FrameCase("5.2 a reserved kind of control: 1002", ClientFrame(opcode: 0xb), closes: 1002),
        FrameCase("5.5 a ping", ClientFrame(opcode: 9), answered: [0x8a, 0]),
        FrameCase(
            "5.5.2 a ping with 125 bytes", ClientFrame(opcode: 9, payload: Array(long.prefix(125))),
            answered: [0x8a, 125] + Array(long.prefix(125))),
        FrameCase(
            "5.5 a ping of 126 bytes is the end", ClientFrame(opcode: 9, payload: Array(long.prefix(126))),
            closes: 1005),
        FrameCase("5.5 a ping in fragments is the end", ClientFrame(opcode: 9, isLast: false), closes: 1005),
        FrameCase("5.5.3 a pong that nobody asked for", ClientFrame(opcode: 10, payload: hi)),
        FrameCase("5.6 binary is none of ours: 1003", ClientFrame(opcode: 2, payload: hi), closes: 1003),
        FrameCase("8.1 text that is no UTF-8: 1007", ClientFrame(opcode: 1, payload: [0xff]), closes: 1007),
        FrameCase(
            "8.1 a lone surrogate: 1007", ClientFrame(opcode: 1, payload: [0xed, 0xa0, 0x80]), closes: 1007),
        FrameCase(
            "8.1 an overlong letter: 1007", ClientFrame(opcode: 1, payload: [0xc0, 0xaf]), closes: 1007),
        FrameCase(
            "8.1 half a letter: 1007", ClientFrame(opcode: 1, payload: [0xe2, 0x82]), closes: 1007),
        FrameCase(
            "8.1 above Unicode: 1007", ClientFrame(opcode: 1, payload: [0xf4, 0x90, 0x80, 0x80]), closes: 1007
        ),
        FrameCase(
            "5.5.1 a goodbye is answered in kind", ClientFrame(opcode: 8, payload: [3, 0xe8]), closes: 1000),
        FrameCase(
            "5.5.1 a goodbye with words", ClientFrame(opcode: 8, payload: [3, 0xe9] + hi), closes: 1001),
        FrameCase("5.5.1 half a code is the end", ClientFrame(opcode: 8, payload: [3]), closes: 1005),
        FrameCase(
            "7.4.1 a code that may not be sent: 1002", ClientFrame(opcode: 8, payload: [3, 0xed]),
            closes: 1002),
        FrameCase("7.4.2 a code below 1000: 1002", ClientFrame(opcode: 8, payload: [0, 1]), closes: 1002),
        FrameCase(
            "8.1 a goodbye that is no UTF-8: 1007", ClientFrame(opcode: 8, payload: [3, 0xe8, 0xff]),
            closes: 1007),
        FrameCase(
            "5.5.1 nothing is heard behind a goodbye", ClientFrame(opcode: 8, payload: [3, 0xe8]),
            ClientFrame(opcode: 1, payload: hi), closes: 1000),
    ]
}

@Suite("Frames of RFC 6455") struct MessageCodecTests {
    private static func closeCode(in bytes: [UInt8]) -> UInt16? {
        guard let place = bytes.firstIndex(of: 0x88) else { return nil }
        guard bytes.count >= place + 4 else { return 1005 }
        return UInt16(bytes[place + 2]) << 8 | UInt16(bytes[place + 3])
    }

    @Test("are answered as the RFC says, whole", arguments: FrameCase.all)
    func whole(one: FrameCase) {
        let codec = MessageCodec()
        #expect(codec.receive(one.sent) == one.texts)
        let answer = codec.takeOutgoing()
        #expect(Self.closeCode(in: answer) == one.closes)
        if one.closes == nil { #expect(answer == one.answered) }
        #expect(codec.isOver == (one.closes != nil && one.closes != 1003))
    }

    /// wslay looks at a goodbye's words only where they come in one piece with its code.
    static let cuttable = FrameCase.all.filter {
        $0.sent.count < 300 && !$0.testDescription.hasPrefix("8.1 a goodbye")
    }

    @Test("and however their bytes are cut", arguments: cuttable)
    func everySplit(one: FrameCase) {
        for cut in 0...one.sent.count {
            let codec = MessageCodec()
            var texts = codec.receive(Array(one.sent[..<cut])), answer = codec.takeOutgoing()
            texts += codec.receive(Array(one.sent[cut...]))
            answer += codec.takeOutgoing()
            #expect(texts == one.texts, "cut at \(cut)")
            #expect(Self.closeCode(in: answer) == one.closes, "cut at \(cut)")
        }
    }

    @Test("hold a message as text, and a goodbye with its code")
    func sent() {
        let codec = MessageCodec()
        codec.send(FrameCase.hi)
        codec.ping()
        codec.close(.goingAway)
        #expect(codec.takeOutgoing() == [0x81, 2] + FrameCase.hi + [0x89, 0, 0x88, 2, 3, 0xe9])
        #expect(!codec.isOver, "until the other one has said goodbye")
        _ = codec.receive(ClientFrame(opcode: 8, payload: [3, 0xe9]).bytes)
        #expect(codec.isOver)
    }

    @Test("are counted, control frames and fragments too")
    func counted() {
        let codec = MessageCodec()
        _ = codec.receive(
            ClientFrame(opcode: 9).bytes + ClientFrame(opcode: 1, isLast: false).bytes
                + ClientFrame(opcode: 0).bytes)
        #expect(codec.frameCount == 3)
    }
}
