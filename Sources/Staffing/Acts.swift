public import Access

/// Seeing who works here as what, and what roles allow.
public enum SeeStaff: Act {
    /// Reading staff.
    public static let permission = Permission(.read, .staff)
}

/// Making a role of the clinic's own.
public enum MakeRoles: Act {
    /// Making staff.
    public static let permission = Permission(.create, .staff)
    /// A role of the clinic's own belongs to no location.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Saying anew what a role of the clinic's own allows.
public enum ChangeRoles: Act {
    /// Changing staff.
    public static let permission = Permission(.update, .staff)
    /// It changes what people may do at every location.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Having a role of the clinic's own hold nothing any more.
public enum RetireRoles: Act {
    /// Voiding staff.
    public static let permission = Permission(.void, .staff)
    /// It changes what people may do at every location.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Publishing a role for all clinics of the chain.
public enum PublishTemplates: Act {
    /// Making staff.
    public static let permission = Permission(.create, .staff)
    /// No clinic speaks for another.
    public static let reaches: Reach = .organisation
}

/// Saying anew what a role of the chain's allows, and that there is none any more.
public enum ChangeTemplates: Act {
    /// Changing staff.
    public static let permission = Permission(.update, .staff)
    /// No clinic speaks for another.
    public static let reaches: Reach = .organisation
}

/// Giving people roles, and taking them.
public enum GiveRoles: Act {
    /// Changing staff.
    public static let permission = Permission(.update, .staff)
}

/// Keeping somebody of the staff out, and letting them in again.
public enum SuspendStaff: Act {
    /// Voiding people's access.
    public static let permission = Permission(.void, .staff)
}
