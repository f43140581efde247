import Identity
import JSON
import Vocabulary

/// What an ID token of ours says of the sign-in that it came from, when its program brings it back. It may be
/// long over: it opens nothing any more, and only says whose sign-in is meant.
struct SignOutHint: Equatable, Sendable {
    /// To whom it was given.
    let program: ID<TrustedProgram>
    let person: Person
    let family: ID<ProgramSignIn>

    /// Nil for whatever this clinic has not signed as an ID token, with a key that counts still.
    init?(_ text: String, from issuer: String, checkedBy keys: PublishedKeys) {
        guard let token = try? ForeignToken(text), token.keyName != nil,
            (try? token.check(signedBy: KeySet(keys))) != nil,
            token.claim("iss") == issuer,
            let program = token.claim("aud").flatMap({ ID<TrustedProgram>(text: $0) }),
            let person = token.claim("sub").flatMap({ Person(text: $0) }),
            let family = token.claim("sid").flatMap({ ID<ProgramSignIn>(text: $0) })
        else { return nil }
        (self.program, self.person, self.family) = (program, person, family)
    }
}

/// The sign-in behind a hint.
struct HintedSignIn: Sendable {
    let session: ID<Session>
    let person: Person
}

/// What comes of the wish to sign somebody out, decided from what the program brings and who stands at the
/// gate.
enum SignOutDecision: Equatable, Sendable {
    /// These sign-ins end at once.
    case end([ID<Session>])
    /// Whoever stands there is asked: nothing says that it is they who are meant.
    case ask

    static func decide(_ hinted: HintedSignIn?, atGate visitor: Visitor?) -> SignOutDecision {
        switch (hinted, visitor) {
        case (nil, nil): .end([])
        case (let hinted?, nil): .end([hinted.session])
        case (let hinted?, let visitor?) where hinted.person == visitor.person:
            .end(hinted.session == visitor.session ? [visitor.session] : [visitor.session, hinted.session])
        case (_, .some): .ask
        }
    }
}
