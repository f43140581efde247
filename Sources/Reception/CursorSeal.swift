import Crypto
import Vocabulary

/// Makes a position in a list into a cursor that only works where it was given out: in the same clinic, at
/// the same endpoint, with the same query. So a cursor can neither be edited nor carried to another list.
struct CursorSeal: Sendable {
    /// Longer cursors were not made here.
    static let textMax = 512

    private let key: SealingKey

    init(_ secret: Secret) {
        key = secret.sealingKey(for: "cursor")
    }

    func seal(_ position: [UInt8], for list: ListIdentity) -> String {
        Base64URL.text(of: key.seal(position, context: list.bytes))
    }

    /// Nil for anything that this seal did not make for exactly this list.
    func open(_ text: String, for list: ListIdentity) -> [UInt8]? {
        guard text.utf8.count <= Self.textMax, let box = Base64URL.decode(text.utf8) else { return nil }
        return key.open(box, context: list.bytes)
    }
}

/// What makes a list this list: whose it is, where it is asked for, and every part of the query but the
/// page's own.
struct ListIdentity: Equatable {
    fileprivate let bytes: [UInt8]

    /// `pageNames` are the query's names for what says which page is meant, and not which list.
    init(
        tenant: TenantID?, operation: String, query: [(name: String, value: String)], pageNames: [String]
    ) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        // Neither name nor value can hold a NUL, so the parts cannot be moved into each other.
        func add(_ part: String) {
            bytes.append(contentsOf: part.utf8)
            bytes.append(0)
        }
        add(String(tenant?.number ?? 0))
        add(operation)
        for (name, value) in query.sorted(by: <) where !pageNames.contains(name) {
            add(name)
            add(value)
        }
        self.bytes = bytes
    }
}
