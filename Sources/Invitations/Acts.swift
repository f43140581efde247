public import Access

/// Inviting somebody to work here, and sending that again.
public enum InviteStaff: Act {
    /// Taking people on.
    public static let permission = Permission(.create, .staff)
}

/// Seeing who is invited.
public enum SeeInvitations: Act {
    /// Part of seeing who works here.
    public static let permission = Permission(.read, .staff)
}
