public import Vocabulary

/// Somebody who can sign in at a clinic. What they are at another clinic is another person's affair: nothing
/// here says that two of them are the same human being.
public struct Person: Hashable, Sendable, CustomStringConvertible {
    /// What sort of person it is, as rows name it.
    public enum Kind: String, CaseIterable, Sendable {
        case staff, patient
    }

    /// What sort of person it is.
    public let kind: Kind
    /// The staff member's or the patient's id, without its kind.
    public let id: UniqueID

    /// A person of either kind.
    public init(_ kind: Kind, _ id: UniqueID) { (self.kind, self.id) = (kind, id) }

    /// A member of the clinic's staff.
    public init(_ staffMember: ID<StaffMember>) { self.init(.staff, staffMember.unique) }

    /// Reads `stf_…` or `pat_…`; nil for anything else.
    public init?(text: some StringProtocol) {
        if let id = ID<StaffMember>(text: text) {
            self.init(.staff, id.unique)
        } else if let id = ID<Treated>(text: text) {
            self.init(.patient, id.unique)
        } else {
            return nil
        }
    }

    /// `stf_…` or `pat_…`, as everywhere else.
    public var text: String {
        switch kind {
        case .staff: ID<StaffMember>(id).text
        case .patient: ID<Treated>(id).text
        }
    }

    /// As `text`.
    public var description: String { text }

    /// What Records calls a patient; this room stands above it and needs the prefix alone.
    private enum Treated: Identified {
        static let idPrefix: StaticString = "pat"
    }
}
