import JSON
public import Shapes
import Vocabulary

extension TrustedIssuer: Output {
    /// What an administrator sees of an issuer; the secret is not part of it.
    public static let shape = OutputShape<TrustedIssuer> {
        Out("id", "The provider.") { $0.id }
        Out("name", "What people are told it is called.", example: "Sunrise Workspace") { $0.name }
        Out("issuer", "What it calls itself.", example: "https://login.sunrise.example") { $0.issuer }
        Out("client_id", "What it calls the clinic.") { $0.registeredAs }
        Out("keeps_secret", "Whether the clinic has a secret there.") { $0.keepsSecret }
        Out("domains", "Whose mail addresses are believed.", example: ["sunrise.example"]) { $0.domains }
        Out("covers_second_factor", "Whether its word on a second factor (`amr` of `mfa`) is taken.") {
            $0.coversSecondFactor
        }
        Out("callback", "The path that is registered there as `redirect_uri`.") { callbackPath(of: $0.id) }
        Out("enabled", "Whether anybody comes in by it.") { $0.enabled }
        Out("version", "Counts the changes.", example: 1) { $0.version }
        Out("created_at", "Since when it is trusted.") { $0.createdAt }
    }

    /// Where an issuer can be read.
    static func path(of id: ID<TrustedIssuer>) -> String { "/v1/openid-providers/\(id.text)" }

    /// Each issuer has a path of its own to send people back to: what one says can not pass for another's.
    static func callbackPath(of id: ID<TrustedIssuer>) -> String {
        "/v1/auth/providers/\(id.text)/callback"
    }
}
