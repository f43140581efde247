public import Access

/// Seeing which programs and providers the clinic trusts.
public enum SeeFederation: Act {
    /// Part of seeing how the clinic is set up.
    public static let permission = Permission(.read, .configuration)
    /// They belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}

/// Trusting another one.
public enum AddFederation: Act {
    /// Part of setting the clinic up.
    public static let permission = Permission(.create, .configuration)
    /// They belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}

/// Changing what one may do, and its secret.
public enum ChangeFederation: Act {
    /// Part of running the clinic.
    public static let permission = Permission(.update, .configuration)
    /// They belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}

/// Trusting one no longer.
public enum RemoveFederation: Act {
    /// Whoever may take away what the clinic has set up.
    public static let permission = Permission(.void, .configuration)
    /// They belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}
