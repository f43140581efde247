/// The words for a problem, kept in one place so that other languages can be added beside them.
public struct ProblemWords: Hashable, Sendable {
    /// A few words; the same for every occurrence.
    public let title: String
    /// What has happened, on the problem's page and wherever an occurrence has no words of its own.
    public let explanation: String
    /// What the caller can do about it.
    public let remedy: String

    init(_ title: String, _ explanation: String, _ remedy: String) {
        (self.title, self.explanation, self.remedy) = (title, explanation, remedy)
    }
}

extension ProblemCode {
    /// The words in English.
    public var words: ProblemWords {
        switch self {
        case .malformedRequest, .malformedJSON, .invalidInput, .unsupportedMediaType, .bodyTooLarge,
            .targetTooLong, .headTooLarge, .requestTooSlow, .rangeNotSatisfiable, .expectationFailed,
            .notImplemented, .versionNotSupported, .upgradeRequired:
            wordsForWhatWasSent
        case .notFound, .unknownClinic, .methodNotAllowed, .signInRequired, .tokenExpired, .stepUpRequired,
            .wrongCode, .notProven, .secondFactorRequired, .severalPeople, .authorizationRefused,
            .programNotProven, .wrongClinic, .notAllowed,
            .networkNotAllowed, .consentRequired, .tooManyRequests:
            wordsForTheCaller
        case .conflict, .slotTaken, .holdExpired, .pluginDisabled, .requestInProgress, .idempotencyKeyReused,
            .preconditionRequired, .preconditionFailed, .refused, .internal, .unavailable, .timeout:
            wordsForWhatIsInTheWay
        }
    }

    private var wordsForWhatWasSent: ProblemWords {
        switch self {
        case .malformedJSON:
            ProblemWords(
                "The body is not JSON",
                "The body is not a JSON document that we take; `errors` says where it breaks.",
                "Send one UTF-8 JSON value. Member names may stand once; integers fit 64 bits.")
        case .invalidInput:
            ProblemWords(
                "Some inputs are not valid", "One or more inputs are missing, unknown or break a rule.",
                "`errors` lists every one of them with a pointer: mend all and call again.")
        case .unsupportedMediaType:
            ProblemWords(
                "The body has the wrong type", "The body is not declared as JSON.",
                "Send `Content-Type: application/json`.")
        case .upgradeRequired:
            ProblemWords(
                "This is spoken over WebSocket", "The request does not ask for WebSocket, version 13.",
                "Send RFC 6455's handshake, or follow `GET /v1/events` instead.")
        case .bodyTooLarge:
            ProblemWords(
                "The body is too large", "The body has more bytes than this endpoint takes.",
                "Send a smaller body; the document names the limit.")
        case .targetTooLong:
            ProblemWords(
                "The address is too long", "Path and query have too many bytes.", "Shorten the query.")
        case .headTooLarge:
            ProblemWords(
                "The head is too large", "The request has too many header fields, or too large ones.",
                "Send fewer and shorter fields; cookies are a common cause.")
        case .requestTooSlow:
            ProblemWords(
                "The request took too long", "The request did not arrive whole in time.", "Send it again.")
        case .rangeNotSatisfiable:
            ProblemWords(
                "No such range", "The `Range` field names bytes that are not there.",
                "Ask for the whole file.")
        case .expectationFailed:
            ProblemWords(
                "Unknown expectation", "The `Expect` field asks for something other than `100-continue`.",
                "Send the request without the field.")
        case .notImplemented:
            ProblemWords(
                "Not implemented",
                "The request uses a method or transfer coding that this server does not know.",
                "Use the methods of the document, and `chunked` as the only transfer coding.")
        case .versionNotSupported:
            ProblemWords("HTTP version", "This server speaks HTTP/1.1 and HTTP/1.0.", "Use HTTP/1.1.")
        default:
            ProblemWords(
                "The request is malformed", "The request breaks a rule of HTTP.",
                "Check the request line, the host and the lengths that are sent.")
        }
    }

    private var wordsForTheCaller: ProblemWords {
        switch self {
        case .unknownClinic:
            ProblemWords(
                "No clinic here", "There is no clinic at this host name.",
                "Check the host name. Ask the clinic for its address.")
        case .methodNotAllowed:
            ProblemWords(
                "Not with this method", "The path exists, but not with this method.",
                "`Allow` lists the methods.")
        case .signInRequired:
            ProblemWords(
                "Sign in first", "The call carries no token that is valid here.",
                "Sign in, and send `Authorization: Bearer …`.")
        case .tokenExpired:
            ProblemWords(
                "The token has expired", "The token was valid, and is not any longer.",
                "Refresh it, or sign in again.")
        case .stepUpRequired:
            ProblemWords(
                "Confirm who you are", "This needs a fresher or stronger sign-in than the token's.",
                "Sign in again, and repeat the call with the new token.")
        case .wrongCode:
            ProblemWords(
                "The code is not right",
                "The code is wrong, over, used, replaced by a newer one, or was guessed at too often.",
                "Ask for another code, and use the latest one within five minutes.")
        case .notProven:
            ProblemWords(
                "That does not prove who you are",
                "The name, the password, the code or the passkey is not right, is over, or was used before.",
                "Try again; whoever guesses wrong often waits longer each time.")
        case .secondFactorRequired:
            ProblemWords(
                "One more proof is needed",
                "What was sent is right, and the person owes a second factor; `methods` says which.",
                "Send `challenge` with a code to `POST /v1/auth/second-factor` within five minutes.")
        case .severalPeople:
            ProblemWords(
                "Who of you is it?", "Several patients share the number or address; `people` names them.",
                "Repeat the call with the `person` who signs in; the code is still good.")
        case .authorizationRefused:
            ProblemWords(
                "Nothing is given for this",
                "What a program asked for as OAuth has it is refused; `error` says why in OAuth's words.",
                "Begin again at `/oauth/authorize`; codes and refresh tokens are good for once.")
        case .programNotProven:
            ProblemWords(
                "The program is not proven", "The program is unknown here, or its secret is not right.",
                "Send the id and the secret that the clinic's administrator was shown.")
        case .wrongClinic:
            ProblemWords(
                "The token belongs elsewhere", "The token was not given for this clinic.",
                "Sign in at this clinic's own address.")
        case .notAllowed:
            ProblemWords(
                "Not allowed", "None of the caller's roles allows this.",
                "Ask the clinic's administrator; the document names the permission.")
        case .networkNotAllowed:
            ProblemWords(
                "Not from this network", "The clinic lets its staff call from its own networks alone.",
                "Call from the clinic's network; its configuration names them under `access`.")
        case .consentRequired:
            ProblemWords(
                "Consent is missing", "The patient has not agreed to this.",
                "Ask for the patient's consent first.")
        case .tooManyRequests:
            ProblemWords(
                "Too many requests", "The limit for this kind of call is reached.",
                "Wait for the seconds in `Retry-After`; `RateLimit` tells how much is left.")
        default:
            ProblemWords(
                "Not found", "There is nothing here that the caller may know of.",
                "Check the address. An id of another clinic answers like one that does not exist.")
        }
    }

    private var wordsForWhatIsInTheWay: ProblemWords {
        switch self {
        case .slotTaken:
            ProblemWords(
                "The slot is taken", "Someone else was faster; `conflicts` names what is taken.",
                "Look for another slot, and book that.")
        case .holdExpired:
            ProblemWords(
                "The hold has expired",
                "The hold has ended, and someone else has taken the slot; `conflicts` names what is taken.",
                "Look for another slot, and hold or book that.")
        case .pluginDisabled:
            ProblemWords(
                "Not offered here", "The clinic does not have this specialty switched on.",
                "Ask the clinic's administrator.")
        case .requestInProgress:
            ProblemWords(
                "Still at work", "A call with the same `Idempotency-Key` is being answered right now.",
                "Wait a moment, and repeat the call with the same key.")
        case .idempotencyKeyReused:
            ProblemWords(
                "The key was used before", "The `Idempotency-Key` was used for another call.",
                "Use a new key for every new wish.")
        case .preconditionRequired:
            ProblemWords(
                "Say which revision", "A change must name the revision it was decided on.",
                "Read the thing, and send its `ETag` as `If-Match`.")
        case .preconditionFailed:
            ProblemWords(
                "It has changed", "The thing has another revision by now than the one in `If-Match`.",
                "Read it again, and decide again.")
        case .refused:
            ProblemWords(
                "Refused", "A rule of the clinic does not allow this now; `detail` says which.",
                "Do what `detail` says, or ask the clinic.")
        case .internal:
            ProblemWords(
                "Our mistake", "Something went wrong that should not have; it has been logged.",
                "Try again later. If it stays, tell us the `request_id`.")
        case .unavailable:
            ProblemWords(
                "Not available",
                "Something that is needed for this cannot be reached right now. Nothing was changed.",
                "Wait for the seconds in `Retry-After`, and repeat the call.")
        case .timeout:
            ProblemWords(
                "It took too long",
                "The answer was not ready in time. It is not known whether anything was changed.",
                "Read what the call should have changed, or repeat it with the same `Idempotency-Key`.")
        default:
            ProblemWords(
                "It conflicts", "The thing is not in a state in which this can be done.",
                "Read it again, and decide again.")
        }
    }
}
