public import HTTP

/// Where requests may go, decided for each address at the moment of connecting to it.
public struct AddressGuard: Sendable {
    /// Whether only addresses of the public internet may be reached.
    public let isPublicOnly: Bool
    /// Schemes without encryption are for servers that an operator named.
    public let allowsPlainText: Bool
    private let exceptions: [AddressBlock]

    /// For servers that the operator named in the environment: they may stand on this very machine.
    public static let operatorNamed = AddressGuard(
        isPublicOnly: false, allowsPlainText: true, exceptions: [])

    /// For addresses that a clinic gave: the public internet over TLS, and blocks that the operator opened.
    public static func publicOnly(
        except blocks: [AddressBlock] = [], allowingPlainText: Bool = false
    ) -> AddressGuard {
        AddressGuard(isPublicOnly: true, allowsPlainText: allowingPlainText, exceptions: blocks)
    }

    private init(isPublicOnly: Bool, allowsPlainText: Bool, exceptions: [AddressBlock]) {
        (self.isPublicOnly, self.allowsPlainText) = (isPublicOnly, allowsPlainText)
        self.exceptions = exceptions
    }

    /// Whether a socket may be made for this address.
    public func allows(_ address: IPAddress) -> Bool {
        guard isPublicOnly, !exceptions.contains(where: { $0.contains(address) }) else { return true }
        // Of IPv6 only the part that is given out is public; mapped, translated and local addresses lie
        // outside of it.
        guard address.isIPv4 || Self.globalUnicast.contains(where: { $0.contains(address) }) else {
            return false
        }
        return !Self.special.contains { $0.contains(address) }
    }

    private static let globalUnicast = ["2000::/3"].compactMap(AddressBlock.init)

    /// IANA's registries of special addresses, and the one public address that is a cloud's own machinery.
    private static let special = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
        "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24",
        "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        "2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
    ].compactMap(AddressBlock.init)
}
