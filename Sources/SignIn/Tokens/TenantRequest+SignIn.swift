import HTTP
import Identity
import Tenancy
import Vocabulary

extension TenantRequest {
    /// A sign-in that begins with this request, named by what the device says of itself.
    func newSession(of person: Person, by method: Session.Method, lasting lifetime: Duration) -> Session {
        let said = (http[.userAgent] ?? "").unicodeScalars.filter {
            $0.properties.generalCategory != .control
        }
        return Session(
            id: .random(at: now), of: person, by: method, device: String(String.UnicodeScalarView(said)),
            address: http.clientAddress.description, at: now, lifetime: lifetime)
    }
}
