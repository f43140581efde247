import JSON
public import Shapes
import Tenancy
public import Vocabulary

/// Somebody's word that nothing of the clinic's trail may be forgotten, until it is taken back.
public struct LegalHold: Identified, Output {
    /// `hld_…`
    public static let idPrefix: StaticString = "hld"

    /// Which hold.
    public let id: ID<LegalHold>
    /// Why.
    public let reason: String
    /// Since when.
    public let placedAt: Instant
    /// By which staff member.
    public let placedBy: UniqueID
    /// When it was taken back; nil while it is in force.
    public let liftedAt: Instant?
    /// By which staff member.
    public let liftedBy: UniqueID?

    /// The answer's members.
    public static let shape = OutputShape<LegalHold> {
        Out("id", "The hold.") { $0.id }
        Out("reason", "Why nothing may be forgotten.", example: "Proceedings of May 2027") { $0.reason }
        Out("placed_at", "Since when.") { $0.placedAt }
        Out("placed_by", "By which staff member.") { $0.placedBy }
        Out("lifted_at", "When it was taken back; null while it is in force.") { $0.liftedAt }
        Out("lifted_by", "By which staff member.") { $0.liftedBy }
    }
}
