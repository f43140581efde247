import Crypto
import HTTP
import JSON
import Outgoing
import Vocabulary

/// Twilio's Programmable Messaging, and whoever speaks like it:
/// `twilio://SID:TOKEN@api.twilio.com?from=%2B15005550006`.
struct TwilioDriver: HTTPMessageDriver {
    static let name = "twilio"
    /// It takes no token; instead it can be asked what it sent.
    static let doubt = Doubt.lookUp
    /// How far its clock may be behind ours.
    private static let clocksApart = Duration.seconds(60)

    private let base: String
    private let authorization: String
    private let from: String
    private let callback: String?

    init?(_ gateway: GatewayURL) {
        guard let sid = gateway.url.name, let token = gateway.url.password,
            let from = gateway.url.query["from"]
        else { return nil }
        base = "\(gateway.base(for: "api.twilio.com"))/2010-04-01/Accounts/\(sid)"
        authorization = gateway.basic(sid, token)
        (self.from, callback) = (from, gateway.url.query["callback"])
    }

    func request(for message: OutgoingMessage) -> OutgoingRequest {
        let seconds = (message.expiresAt - message.now).components.seconds
        var form = [
            ("To", message.address), (from.hasPrefix("MG") ? "MessagingServiceSid" : "From", from),
            ("Body", message.words.short), ("ValidityPeriod", "\(min(max(seconds, 1), 14_400))"),
        ]
        if let place = callback ?? Self.callback(at: message.clinicAddress) {
            form.append(("StatusCallback", place))
        }
        var request = OutgoingRequest(
            .post, "\(base)/Messages.json", body: Array(PercentCoding.form(form).utf8))
        request.fields.add("Content-Type", "application/x-www-form-urlencoded")
        request.fields.add("Authorization", authorization)
        return request
    }

    /// Where Twilio tells what became of a message: at an address that it can reach, or not at all, since it
    /// refuses a message with any other.
    private static func callback(at clinic: String?) -> String? {
        guard let clinic, clinic.hasPrefix("https://") else { return nil }
        return "\(clinic)/v1/message-receipts/\(name)"
    }

    func taken(_ answer: OutgoingAnswer) -> DriverAnswer {
        (try? JSON(parsing: answer.body))?["sid"]?.stringValue.map(DriverAnswer.sent) ?? .uncertain
    }

    func refusal(_ answer: OutgoingAnswer) -> String {
        (try? JSON(parsing: answer.body))?["code"]?.integerValue.map { "twilio-\($0)" }
            ?? "http-\(answer.status)"
    }

    /// Looks for the same words to the same number: Twilio lists what it has taken at once, the latest first.
    func find(
        _ message: OutgoingMessage, since moment: Instant, with courier: Courier
    ) async throws -> [String]? {
        let query = PercentCoding.form([("To", message.address), ("PageSize", "50")])
        var request = OutgoingRequest(.get, "\(base)/Messages.json?\(query)")
        request.fields.add("Authorization", authorization)
        let answer: OutgoingAnswer
        do { answer = try await courier.answer(to: request) } catch is OutgoingFault { return nil }
        guard answer.status == 200, let listed = try? JSON(parsing: answer.body)["messages"]?.arrayValue
        else {
            return nil
        }
        let since = moment - Self.clocksApart
        return listed.compactMap { one in
            let taken = one["date_created"]?.stringValue.flatMap(InternetDate.instant)
            // One that does not say when is taken for this one, rather than sent twice.
            guard one["body"]?.stringValue == message.words.short, taken.map({ $0 >= since }) ?? true else {
                return nil
            }
            return one["sid"]?.stringValue
        }
    }
}
