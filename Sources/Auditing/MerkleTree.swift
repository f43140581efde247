import Crypto

/// The hash tree of RFC 6962: one digest that stands for a list, so that no element can be changed, removed,
/// put in or moved without changing it.
enum MerkleTree {
    /// What stands for one element. The byte in front keeps a leaf from passing for an inner node.
    static func leaf(_ bytes: [UInt8]) -> [UInt8] { SHA256.digest(of: [0], bytes) }

    /// What stands for the whole list; of no elements, the digest of nothing.
    static func root(of leaves: [[UInt8]]) -> [UInt8] {
        guard !leaves.isEmpty else { return SHA256.digest(of: []) }
        var row = leaves
        while row.count > 1 {
            // A node without a neighbour rises as it is: the same tree as the RFC's split at powers of two.
            row = stride(from: 0, to: row.count, by: 2).map { place in
                place + 1 < row.count ? SHA256.digest(of: [1], row[place], row[place + 1]) : row[place]
            }
        }
        return row[0]
    }
}
