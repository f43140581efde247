public import Database
import Messaging
public import Shapes

/// By what a code reaches somebody.
public enum CodeChannel: String, CaseIterable, Sendable, SQLValue, WireValue {
    case sms
    case whatsApp = "whatsapp"
    case email

    var message: MessageChannel {
        switch self {
        case .sms: .sms
        case .whatsApp: .whatsApp
        case .email: .email
        }
    }
}
