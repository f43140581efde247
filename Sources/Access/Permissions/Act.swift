// An act is declared in the words of Roles: whoever imports Access to declare one has them.
@_exported public import Roles

/// Something a caller may do, as a type: a permit for one is no permit for another.
public protocol Act: Sendable {
    /// What it needs.
    static var permission: Permission { get }
    /// The reaches that its handler can enforce. A right that reaches only the caller's own or their patients
    /// is denied to a handler that does not look whose the row is.
    static var reaches: Reach { get }
    /// The limits that its handler can enforce. A right to metadata is denied to a handler that shows
    /// everything.
    static var honours: Limits { get }
}

extension Act {
    /// By default a handler works within one clinic and compares locations.
    public static var reaches: Reach { .clinic }
    /// By default a handler shows everything, so a limited right does not suffice.
    public static var honours: Limits { [] }
}

/// What is asked of the policy: an act with its type forgotten.
public struct AskedAct: Hashable, Sendable {
    /// What it needs.
    public let permission: Permission
    /// The reaches that its handler can enforce.
    public let reaches: Reach
    /// The limits that its handler can enforce.
    public let honours: Limits

    /// What a handler asks.
    public init(_ permission: Permission, reaches: Reach = .clinic, honours: Limits = []) {
        (self.permission, self.reaches, self.honours) = (permission, reaches, honours)
    }

    /// What the act's handler asks.
    public init<A: Act>(_: A.Type) {
        self.init(A.permission, reaches: A.reaches, honours: A.honours)
    }
}
