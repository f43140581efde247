/// Why a token is not accepted. The caller learns only whether it is worth signing in again; logs learn the
/// rest.
public enum TokenFlaw: Error, Hashable, Sendable {
    /// Not three parts of exact base64url holding the JSON we write, or larger than any token of ours.
    case malformed
    /// The header names another kind of token, another algorithm, or something to be looked up elsewhere.
    case foreign
    /// No key of ours has that id (any more).
    case unknownKey
    /// The key it names has not signed it.
    case forged
    /// Signed by us for another issuer's name, or with times that we never give.
    case unfit
    /// It was good once.
    case expired
}
