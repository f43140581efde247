public import Access

/// Seeing how the clinic's jobs do: kinds and times, nothing of any person.
public enum SeeJobs: Act {
    /// Part of seeing how the clinic is set up.
    public static let permission = Permission(.read, .configuration)
    /// Jobs belong to the clinic, to no location.
    public static let reaches: Reach = [.tenant, .platform]
    /// There is nothing else in them.
    public static let honours: Limits = .metadataOnly
}

/// Letting a job be tried again.
public enum RetryJobs: Act {
    /// Part of running the clinic.
    public static let permission = Permission(.update, .configuration)
    /// Jobs belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
    /// A job that was given up is what support is asked about.
    public static let honours: Limits = .duringSupport
}

/// Taking a job away for good.
public enum DropJobs: Act {
    /// Whoever may take away what the clinic has set up.
    public static let permission = Permission(.void, .configuration)
    /// Jobs belong to the clinic, to no location.
    public static let reaches: Reach = .tenant
}
