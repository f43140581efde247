public import Access

/// Seeing what patients are told.
public enum SeeMessageTemplates: Act {
    /// Part of seeing how the clinic is set up.
    public static let permission = Permission(.read, .configuration)
    /// Words are the clinic's: whoever manages one of its locations sees them too.
    public static let reaches: Reach = [.tenant, .location]
}

/// Changing what patients are told.
public enum ChangeMessageTemplates: Act {
    /// Part of setting the clinic up.
    public static let permission = Permission(.update, .configuration)
    /// Words are the clinic's: whoever manages one of its locations may write them.
    public static let reaches: Reach = [.tenant, .location]
    /// Words that cannot be sent are what support is asked about.
    public static let honours: Limits = .duringSupport
}
