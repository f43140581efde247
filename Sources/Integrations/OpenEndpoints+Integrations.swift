public import Reception

extension OpenEndpoints {
    /// Which programs may call. The reception needs `APIKeyHashing` among its tools.
    public mutating func openIntegrations() {
        open(MakeAPIKey.self)
        open(ListAPIKeys.self)
        open(ReadAPIKey.self)
        open(RotateAPIKey.self)
        open(AdoptAPIKey.self)
        open(RevokeAPIKey.self)
    }
}
