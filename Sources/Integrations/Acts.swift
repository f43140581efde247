public import Access

/// Seeing which programs may call.
public enum SeeAPIKeys: Act {
    /// Part of seeing who may do what.
    public static let permission = Permission(.read, .staff)
    /// Keys belong to the clinic.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Letting a program call.
public enum MakeAPIKeys: Act {
    /// As taking somebody on.
    public static let permission = Permission(.create, .staff)
    /// Keys belong to the clinic.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Giving a key another secret.
public enum RotateAPIKeys: Act {
    /// Part of saying who may do what.
    public static let permission = Permission(.update, .staff)
    /// Keys belong to the clinic.
    public static let reaches: Reach = [.organisation, .tenant]
}

/// Letting a program call no more.
public enum RevokeAPIKeys: Act {
    /// As letting somebody go.
    public static let permission = Permission(.void, .staff)
    /// Keys belong to the clinic.
    public static let reaches: Reach = [.organisation, .tenant]
}
