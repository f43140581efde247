public import Vocabulary

/// Somebody who can sign in at a clinic. What they are at another clinic is another person's affair: nothing
/// here says that two of them are the same human being.
public struct Person: Hashable, Sendable, CustomStringConvertible {
    /// What sort of person it is, as rows name it.
    public enum Kind: String, CaseIterable, Sendable {
        case staff, patient
        /// Somebody of the platform, whom the clinic has let in by a grant.
        case support
    }

    /// What sort of person it is.
    public let kind: Kind
    /// The staff member's, the patient's or the grant's id, without its kind.
    public let id: UniqueID

    /// A person of either kind.
    public init(_ kind: Kind, _ id: UniqueID) { (self.kind, self.id) = (kind, id) }

    /// A member of the clinic's staff.
    public init(_ staffMember: ID<StaffMember>) { self.init(.staff, staffMember.unique) }

    /// Reads `stf_…`, `pat_…` or `spg_…`; nil for anything else.
    public init?(text: some StringProtocol) {
        if let id = ID<StaffMember>(text: text) {
            self.init(.staff, id.unique)
        } else if let id = ID<Treated>(text: text) {
            self.init(.patient, id.unique)
        } else if let id = ID<LetIn>(text: text) {
            self.init(.support, id.unique)
        } else {
            return nil
        }
    }

    /// `stf_…`, `pat_…` or `spg_…`, as everywhere else.
    public var text: String {
        switch kind {
        case .staff: ID<StaffMember>(id).text
        case .patient: ID<Treated>(id).text
        case .support: ID<LetIn>(id).text
        }
    }

    /// As `text`.
    public var description: String { text }

    /// Whether they are the clinic's own: of nobody else it keeps addresses, or what they prove who they are
    /// with.
    public var isOfClinic: Bool { kind != .support }

    /// What Records calls a patient; this room stands above it and needs the prefix alone.
    private enum Treated: Identified {
        static let idPrefix: StaticString = "pat"
    }

    /// What Trust calls a support grant.
    private enum LetIn: Identified {
        static let idPrefix: StaticString = "spg"
    }
}
