public import Access

/// Seeing where events are told to, and how that went.
public enum SeeWebhooks: Act {
    /// Part of seeing how the clinic is set up.
    public static let permission = Permission(.read, .configuration)
    /// An address may hold a password: it is the clinic's alone.
    public static let reaches: Reach = .tenant
}

/// Having events told somewhere.
public enum AddWebhooks: Act {
    /// Part of setting the clinic up.
    public static let permission = Permission(.create, .configuration)
    /// Webhooks belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}

/// Changing what is told where, and telling it again.
public enum ChangeWebhooks: Act {
    /// Part of running the clinic.
    public static let permission = Permission(.update, .configuration)
    /// Webhooks belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}

/// Telling no longer.
public enum RemoveWebhooks: Act {
    /// Whoever may take away what the clinic has set up.
    public static let permission = Permission(.void, .configuration)
    /// Webhooks belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}
