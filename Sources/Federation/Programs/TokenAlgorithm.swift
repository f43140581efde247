public import Database
public import Shapes

/// What a program's ID tokens are signed by, as JSON Web Algorithms name it.
public enum TokenAlgorithm: String, CaseIterable, Sendable {
    /// Ed25519: small and quick.
    case edDSA = "EdDSA"
    /// RSA: what every program knows (OpenID Connect Core, 15.1).
    case rs256 = "RS256"
}

extension TokenAlgorithm: SQLValue, WireValue {}
