/// The number that keeps a tenant's rows apart: first in every key, set in every transaction, never shown to
/// anyone.
public struct TenantID: Hashable, Comparable, Sendable {
    /// The value of the column `tenant_id`.
    public let number: Int32

    /// The tenant with this number.
    public init(number: Int32) { self.number = number }

    /// By number.
    public static func < (left: TenantID, right: TenantID) -> Bool { left.number < right.number }
}
