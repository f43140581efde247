import JSON
public import Shapes
import Vocabulary

extension TrustedProgram: Output {
    /// What an administrator sees of a program; the secret is not part of it.
    public static let shape = OutputShape<TrustedProgram> {
        Out("id", "The program: its `client_id`.") { $0.id }
        Out("name", "What people are told it is called.", example: "Sunrise Intranet") { $0.name }
        Out("redirect_uris", "Where codes may be sent, letter for letter.") { $0.redirects }
        Out("scopes", "The most it may be let know of a person.") { $0.scopes }
        Out("post_logout_redirect_uris", "Where people may be sent back to who sign out, letter for letter.")
        {
            $0.signOutRedirects
        }
        Out("id_token_signed_response_alg", "What its ID tokens are signed by.") { $0.algorithm }
        Out("keeps_secret", "Whether it proves itself by a secret, beside PKCE.") { $0.keepsSecret }
        Out("version", "Counts the changes.", example: 1) { $0.version }
        Out("created_at", "Since when it is trusted.") { $0.createdAt }
    }

    /// Where a program can be read.
    static func path(of id: ID<TrustedProgram>) -> String { "/v1/oauth-clients/\(id.text)" }
}

/// A program and its secret, which is shown this once.
public struct ProgramWithSecret: Output {
    let program: TrustedProgram
    let secret: String?

    /// The answer's members.
    public static let shape = OutputShape<ProgramWithSecret> {
        Out("client", "The program.") { $0.program }
        Out("client_secret", "Its secret, shown this once; null for a program that keeps none.") { $0.secret }
    }
}
