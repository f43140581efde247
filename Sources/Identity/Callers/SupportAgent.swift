public import Vocabulary

/// Somebody of the platform who helps clinics: at each of them nobody, until it lets them in.
public enum SupportAgent: Identified {
    /// `agt_…`
    public static let idPrefix: StaticString = "agt"
}
