/// Where a request stands in a trace that began elsewhere: W3C Trace Context, level 1.
public struct TraceContext: Hashable, Sendable {
    /// The trace's 16 bytes, as two big-endian halves; never both zero.
    public let traceID: (high: UInt64, low: UInt64)
    /// The span that this one was made from, or this one's own when it is sent on; never zero.
    public let spanID: UInt64
    /// Whether the caller records the trace.
    public let isSampled: Bool

    init(traceID: (high: UInt64, low: UInt64), spanID: UInt64, isSampled: Bool) {
        (self.traceID, self.spanID, self.isSampled) = (traceID, spanID, isSampled)
    }

    /// A trace that begins here.
    public static func random() -> TraceContext {
        let id = (high: UInt64.random(in: 0...UInt64.max), low: UInt64.random(in: 1...UInt64.max))
        return TraceContext(traceID: id, spanID: .random(in: 1...UInt64.max), isSampled: false)
    }

    /// Reads a `traceparent` field; nil, and a new trace has to begin, where the specification says so:
    /// capitals, zero ids, version ff, a version 00 with anything behind it.
    public init?(traceparent text: some StringProtocol) {
        let bytes = Array(text.utf8.prefix(256))
        guard bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let version = Self.number(bytes[0..<2]), version != 255,
            version == 0 ? bytes.count == 55 : bytes.count == 55 || bytes[55] == UInt8(ascii: "-"),
            let high = Self.number(bytes[3..<19]), let low = Self.number(bytes[19..<35]), high | low != 0,
            let span = Self.number(bytes[36..<52]), span != 0, let flags = Self.number(bytes[53..<55])
        else { return nil }
        self.init(traceID: (high, low), spanID: span, isSampled: flags & 1 == 1)
    }

    /// The same trace with a span of our own, to be sent on.
    public func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: .random(in: 1...UInt64.max), isSampled: isSampled)
    }

    /// The `traceparent` field.
    public var traceparent: String {
        var bytes = Array("00-".utf8)
        Self.append(traceID.high, to: &bytes)
        Self.append(traceID.low, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        Self.append(spanID, to: &bytes)
        return String(decoding: bytes, as: UTF8.self) + (isSampled ? "-01" : "-00")
    }

    /// The trace's id alone, as logs name it.
    public var traceText: String {
        var bytes: [UInt8] = []
        Self.append(traceID.high, to: &bytes)
        Self.append(traceID.low, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Equal ids and flags.
    public static func == (left: TraceContext, right: TraceContext) -> Bool {
        left.traceID == right.traceID && left.spanID == right.spanID && left.isSampled == right.isSampled
    }

    /// By the span.
    public func hash(into hasher: inout Hasher) { hasher.combine(spanID) }

    private static func number(_ digits: ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"):
                value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }

    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
        }
    }
}
