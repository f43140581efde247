public import Vocabulary

/// A person with roles at a clinic.
public enum StaffMember: Identified {
    /// `stf_…`
    public static let idPrefix: StaticString = "stf"
}
