/// What an administrator says of a program; what is nil stays as it is.
struct ProgramWords: Sendable {
    var name: String?
    var redirects: [String]?
    var scopes: [OpenIDScope]?
    var signOutRedirects: [String]?
    var algorithm: TokenAlgorithm?
}
