public import Access

/// Seeing what a patient said about messages.
public enum SeeConsent: Act {
    /// Part of reading who a patient is.
    public static let permission = Permission(.read, .demographics)
    /// Besides the clinic's: oneself, and those in one's care.
    public static let reaches: Reach = [.clinic, .patients]
}

/// Writing down what a patient said about messages.
public enum SetConsent: Act {
    /// Part of keeping who a patient is.
    public static let permission = Permission(.update, .demographics)
    /// Besides the clinic's: oneself, and those in one's care.
    public static let reaches: Reach = [.clinic, .patients]
}
