public import EndpointKit
public import HTTP

/// The cookies of pages: bound to this very host, sent to it alone, read by no script (`__Host-`, HttpOnly,
/// SameSite=Strict). Programs send their token themselves and are not asked where they come from.
public enum CookieToken {
    /// Holds the access token.
    public static let accessName = "nadi-access"
    /// Holds the refresh token.
    public static let refreshName = "nadi-refresh"

    /// The access token of a page's request; nil where none is sent.
    static func access(in http: HTTPRequest) throws(Problem) -> [UInt8]? {
        guard let value = http.cookie(named: "__Host-" + accessName) else { return nil }
        let changesNothing = http.method == .get || http.method == .head
        // A WebSocket is opened by GET and can do anything afterwards.
        if !changesNothing || http[.upgrade] != nil { try http.requireOwnPage() }
        return Array(value.utf8)
    }
}

extension FieldName {
    /// What a browser says about who caused the request; no script can set it.
    static let fetchSite = FieldName("Sec-Fetch-Site")
    static let upgrade = FieldName("Upgrade")
}

extension HTTPRequest {
    /// Throws `notAllowed` unless a page of this very host caused the request: what comes by cookie may be
    /// somebody else's idea. Browsers of these years say so by themselves; older ones name the page's origin.
    public func requireOwnPage() throws(Problem) {
        let isOwn =
            if let site = self[.fetchSite] {
                site == "same-origin"
            } else {
                self[.origin].map {
                    $0 == "https://\(self[.host] ?? "")" || $0 == "http://\(self[.host] ?? "")"
                }
                    ?? false
            }
        guard isOwn else {
            throw Problem(.notAllowed, "With cookies only the clinic's own pages can ask for this.")
        }
    }

    /// The refresh token of a page's request; nil where none is sent.
    public func refreshCookie() throws(Problem) -> String? {
        guard let value = cookie(named: "__Host-" + CookieToken.refreshName) else { return nil }
        try requireOwnPage()
        return value
    }
}
