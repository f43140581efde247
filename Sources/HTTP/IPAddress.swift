import CSystem

/// An IPv4 or IPv6 address. IPv4 is kept as `::ffff:a.b.c.d`, so both are compared alike.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }

    /// Reads `192.0.2.1` or `2001:db8::1`, without port, brackets or zone.
    public init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            self.init(four)
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    init(_ four: in_addr) {
        self.init(high: 0, low: 0xffff_0000_0000 | UInt64(UInt32(bigEndian: four.s_addr)))
    }

    init(_ six: in6_addr) {
        let words = withUnsafeBytes(of: six) { bytes in
            (bytes.loadUnaligned(as: UInt64.self), bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        }
        self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }

    init?(_ storage: sockaddr_storage) {
        let address = withUnsafeBytes(of: storage) { bytes -> IPAddress? in
            switch Int32(storage.ss_family) {
            case AF_INET: IPAddress(bytes.loadUnaligned(as: sockaddr_in.self).sin_addr)
            case AF_INET6: IPAddress(bytes.loadUnaligned(as: sockaddr_in6.self).sin6_addr)
            default: nil
            }
        }
        guard let address else { return nil }
        self = address
    }

    /// 127.0.0.1
    public static let loopback = IPAddress(in_addr(s_addr: UInt32(0x7f00_0001).bigEndian))

    /// Whether this is an IPv4 address.
    public var isIPv4: Bool { high == 0 && low >> 32 == 0xffff }

    /// What limits are counted by: an IPv6 address' /64, since a home gets one and its single addresses say
    /// nothing.
    public var household: IPAddress { isIPv4 ? self : IPAddress(high: high, low: 0) }

    /// The shortest usual text.
    public var description: String {
        if isIPv4 { return dotted }
        var six = in6_addr()
        withUnsafeMutableBytes(of: &six) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(INET6_ADDRSTRLEN)) { text in
            guard let start = text.baseAddress,
                inet_ntop(AF_INET6, &six, start, UInt32(INET6_ADDRSTRLEN)) != nil
            else { return "::" }
            return String(cString: start)
        }
    }

    /// In one list of bytes: each line of the audit trail tells an address.
    private var dotted: String {
        var text: [UInt8] = []
        text.reserveCapacity(15)
        for shift in stride(from: 24, through: 0, by: -8) {
            if shift < 24 { text.append(".") }
            text.append(decimal: Int(low >> UInt64(shift) & 0xff))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Calls `body` with the address and port as the kernel wants them.
    func withSocketAddress<Result>(
        port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        if isIPv4 {
            var four = sockaddr_in()
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            four.sin_addr.s_addr = UInt32(truncatingIfNeeded: low).bigEndian
            return Self.rebound(&four, body)
        }
        var six = sockaddr_in6()
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        withUnsafeMutableBytes(of: &six.sin6_addr) { bytes in
            bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
            bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
        }
        return Self.rebound(&six, body)
    }

    private static func rebound<Address, Result>(
        _ address: inout Address, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }
}

/// A range of addresses, written `10.0.0.0/8` or as a single address.
public struct AddressBlock: Hashable, Sendable {
    private let first: IPAddress
    private let prefix: Int

    /// Reads an address, or an address and the length of its prefix.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(String(parts[0])) else { return nil }
        let longest = address.isIPv4 ? 32 : 128
        let digits = parts.count == 2 ? parts[1] : "\(longest)"
        guard digits.utf8.allSatisfy(\.isDigit), let length = Int(digits), length <= longest else {
            return nil
        }
        prefix = length + 128 - longest
        first = Self.masked(address, prefix)
    }

    /// Whether the address lies in the block.
    public func contains(_ address: IPAddress) -> Bool { Self.masked(address, prefix) == first }

    private static func masked(_ address: IPAddress, _ prefix: Int) -> IPAddress {
        // A shift by 64 or more gives zero in Swift, which is what a mask wants.
        IPAddress(
            high: address.high & ~(UInt64.max >> UInt64(min(prefix, 64))),
            low: address.low & ~(UInt64.max >> UInt64(max(prefix - 64, 0))))
    }
}
