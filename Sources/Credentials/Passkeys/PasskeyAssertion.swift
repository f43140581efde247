import Crypto

/// What a browser sends after `navigator.credentials.get`.
public struct PasskeyAssertion: Hashable, Sendable {
    /// `response.clientDataJSON`.
    public let clientData: [UInt8]
    /// `response.authenticatorData`.
    public let authenticatorData: [UInt8]
    /// `response.signature`.
    public let signature: [UInt8]

    /// What was sent, decoded.
    public init(clientData: [UInt8], authenticatorData: [UInt8], signature: [UInt8]) {
        (self.clientData, self.authenticatorData) = (clientData, authenticatorData)
        self.signature = signature
    }

    /// What is known of the passkey that it names.
    public struct Known: Hashable, Sendable {
        /// The public key, as COSE writes it.
        public let publicKey: [UInt8]
        /// How often it had signed.
        public let count: UInt32
        /// Whether it may live on several devices: that never changes.
        public let isBackupEligible: Bool

        /// What was kept of a passkey.
        public init(publicKey: [UInt8], count: UInt32, isBackupEligible: Bool) {
            (self.publicKey, self.count, self.isBackupEligible) = (publicKey, count, isBackupEligible)
        }
    }

    /// What is to be kept from now on.
    public struct Proof: Hashable, Sendable {
        /// How often it has signed.
        public let count: UInt32
        /// Whether it lives on several devices now.
        public let isBackedUp: Bool
        /// Whether the authenticator made sure who touched it: then it is two factors in one.
        public let isVerified: Bool
    }

    /// What it proves, if all of it is as the standard has it (WebAuthn 3, section 7.2).
    public func check(
        _ known: Known, _ party: RelyingParty, challenge: String, mustVerify: Bool
    ) throws(PasskeyFlaw) -> Proof {
        try BrowserSaying(clientData).check(.get, party, challenge: challenge)
        let data = try AuthenticatorData(authenticatorData)
        try data.check(party, mustVerify: mustVerify)
        guard data.flags.contains(.backupEligible) == known.isBackupEligible else {
            throw .backupContradicted
        }
        let signed = authenticatorData + SHA256.digest(of: clientData)
        guard try PasskeyKey(bytes: known.publicKey).key.accepts(signature, of: signed, pairs: .der) else {
            throw .forged
        }
        guard data.count == 0 && known.count == 0 || data.count > known.count else { throw .counterWentBack }
        return Proof(
            count: data.count, isBackedUp: data.flags.contains(.backedUp),
            isVerified: data.flags.contains(.verified))
    }
}
