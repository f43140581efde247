import Database
import Identity
public import JobQueue

extension Sweep {
    /// Forgets, once a day, keys that ended a year ago.
    public static let endedKeys = Sweep("forget-keys") { clinic in
        clinic.queue(APIKey.forgetEnded(in: clinic.tenant))
    }
}
