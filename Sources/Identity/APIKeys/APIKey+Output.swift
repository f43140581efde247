import EndpointKit
import Roles
public import Shapes
import Tenancy
import Vocabulary

extension APIKey: Output {
    /// What a caller sees of a key; the secret is not part of it.
    public static let shape = OutputShape<APIKey> {
        Out("id", "The key.") { $0.id }
        Out("name", "What it is for.", example: "The clinic's website") { $0.name }
        Out("permissions", "What it may do.") { $0.permissions }
        Out("locations", "Where; an empty list means the whole clinic.") { $0.locations }
        Out("networks", "From where; an empty list means from anywhere.", example: ["203.0.113.0/24"]) {
            $0.networks
        }
        Out("made_by", "Who made it.") { $0.madeBy }
        Out("made_at", "When.") { $0.madeAt }
        Out("kept_by", "Who answers for it: it does nothing that they may not do.") { $0.keeper }
        Out("adopted_at", "When they took it over; null while its maker answers for it.") { $0.adoptedAt }
        Out("kept", "Whether they still work here; if not, it does nothing until somebody adopts it.") {
            $0.isKept
        }
        Out("rotated_at", "When it last got a new secret.") { $0.rotatedAt }
        Out("old_secret_until", "Until when the secret before is good as well.") { $0.beforeUntil }
        Out("expires_at", "When it ends by itself.") { $0.expiresAt }
        Out("used_at", "When it was last used, to the minute.") { $0.usedAt }
        Out("used_from", "From where.", example: "203.0.113.7") { $0.usedFrom }
        Out("revoked_at", "When somebody ended it.") { $0.revokedAt }
        Out("revoked_by", "Who ended it.") { $0.revokedBy }
    }
}
