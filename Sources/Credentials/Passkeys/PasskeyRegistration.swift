import Crypto

/// A passkey as its authenticator just made it, checked.
public struct NewPasskey: Hashable, Sendable {
    /// By which browsers and we name it.
    public let credentialID: [UInt8]
    /// The public key, as COSE writes it.
    public let publicKey: [UInt8]
    /// Which model of authenticator it says it is; nobody vouches for it.
    public let model: [UInt8]
    /// How often it has signed, or always 0.
    public let count: UInt32
    /// Whether it may live on several devices.
    public let isBackupEligible: Bool
    /// Whether it does now.
    public let isBackedUp: Bool
    /// Whether the authenticator made sure who touched it.
    public let isVerified: Bool
}

/// What a browser sends after `navigator.credentials.create`.
public struct PasskeyRegistration: Hashable, Sendable {
    /// `response.clientDataJSON`.
    public let clientData: [UInt8]
    /// `response.attestationObject`.
    public let attestation: [UInt8]

    /// What was sent, decoded.
    public init(clientData: [UInt8], attestation: [UInt8]) {
        (self.clientData, self.attestation) = (clientData, attestation)
    }

    /// The new passkey, if all of it is as the standard has it (WebAuthn 3, section 7.1). Who made the
    /// authenticator is not asked for: a statement about that is read as CBOR and believed by nobody.
    public func check(_ party: RelyingParty, challenge: String, mustVerify: Bool) throws(PasskeyFlaw)
        -> NewPasskey
    {
        try BrowserSaying(clientData).check(.create, party, challenge: challenge)
        guard let object = try? CBOR(parsing: attestation), let format = object["fmt"]?.textValue,
            case .map(let statement)? = object["attStmt"], let bytes = object["authData"]?.bytesValue,
            format != "none" || statement.isEmpty
        else { throw .malformed }
        let data = try AuthenticatorData(bytes)
        try data.check(party, mustVerify: mustVerify)
        guard let credential = data.credential else { throw .malformed }
        _ = try PasskeyKey(bytes: credential.key)
        return NewPasskey(
            credentialID: credential.id, publicKey: credential.key, model: credential.model,
            count: data.count,
            isBackupEligible: data.flags.contains(.backupEligible),
            isBackedUp: data.flags.contains(.backedUp), isVerified: data.flags.contains(.verified))
    }
}
