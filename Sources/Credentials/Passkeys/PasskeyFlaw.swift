/// Why what a browser sent proves nothing. Logs learn it; the caller learns only that it did not work.
public enum PasskeyFlaw: Error, Hashable, Sendable {
    /// Not the JSON, not the bytes, not the form that the standard has.
    case malformed
    /// Made for another ceremony: a registration where a sign-in was asked for, or the other way about.
    case wrongCeremony
    /// Answers another challenge.
    case wrongChallenge
    /// Made on another page, or in a frame of one.
    case wrongOrigin
    /// Made for another clinic.
    case wrongClinic
    /// Nobody touched the authenticator.
    case absent
    /// The authenticator has not made sure who touched it.
    case unverified
    /// A kind of key, or an algorithm, that we do not know.
    case unknownKey
    /// The key has not signed it.
    case forged
    /// The authenticator has counted less than it had before: there are two of it.
    case counterWentBack
    /// It says something about its backup that it cannot say.
    case backupContradicted
}
