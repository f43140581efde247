import Crypto
import JSON
import Vocabulary

/// What somebody at the gate wants to get to. It travels sealed in the page, bound to the browser that it was
/// shown to, so that nothing need be kept of whoever only looks.
struct GateTicket: Equatable, Sendable {
    /// Where they want to get to.
    enum Goal: Equatable, Sendable {
        /// A program that has asked who they are.
        case program(AuthorizationWish)
        /// A page of the clinic.
        case page(String)
        /// Nowhere any more: they are asked whether to sign out.
        case signOut(SignOutWish)
    }

    /// How long somebody may take.
    static let lifetime = Duration.seconds(1200)

    let goal: Goal
    /// What the browser's cookie hashes to.
    let browser: [UInt8]
    let begunAt: Instant

    func isGood(in browser: [UInt8], at now: Instant) -> Bool {
        now < begunAt + Self.lifetime && equalInConstantTime(browser, self.browser)
    }

    /// Whether it is a path of the clinic's own; what begins with two slashes is another host.
    static func isPage(_ path: String) -> Bool {
        path.hasPrefix("/") && !path.hasPrefix("//") && path.utf8.count <= 500 && WebAddress.isPlain(path)
    }
}

extension GateTicket {
    var json: JSON {
        var members: JSONObject = [
            "browser": .string(Base64URL.text(of: browser)),
            "at": .integer(begunAt.microseconds),
        ]
        switch goal {
        case .program(let wish): members["wish"] = wish.json
        case .page(let path): members["page"] = .string(path)
        case .signOut(let wish): members["sign_out"] = wish.json
        }
        return .object(members)
    }

    init?(bytes: [UInt8]) {
        guard let json = try? JSON(parsing: bytes) else { return nil }
        self.init(json)
    }

    init?(_ json: JSON) {
        guard let browser = json["browser"]?.stringValue.flatMap({ Base64URL.decode($0.utf8) }),
            let at = json["at"]?.integerValue
        else { return nil }
        if let wish = json["wish"].flatMap(AuthorizationWish.init) {
            goal = .program(wish)
        } else if let path = json["page"]?.stringValue {
            goal = .page(path)
        } else if let wish = json["sign_out"].flatMap(SignOutWish.init) {
            goal = .signOut(wish)
        } else {
            return nil
        }
        (self.browser, begunAt) = (browser, Instant(microseconds: at))
    }
}
