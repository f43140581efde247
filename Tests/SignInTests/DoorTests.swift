import Credentials
import EndpointKit
import Reception
import SignIn
import Testing

@Suite("The doors: whoever knocks is counted")
struct DoorTests {
    @Test("every way in is of the login class, a forgotten password of its own, and only new tokens are not")
    func classes() {
        var endpoints = OpenEndpoints()
        endpoints.openSignIn()
        endpoints.openCredentials()
        let doors = endpoints.descriptions.filter { $0.audience == .anyone }
        #expect(doors.count >= 9)
        for door in doors {
            switch door.operationID {
            case "AskForReset": #expect(door.limit == .of(.passwordReset))
            case "RefreshTokens": #expect(door.limit == .perAddress(1_200, per: .seconds(60)))
            default: #expect(door.limit == .of(.login), "\(door.operationID)")
            }
        }
    }

    @Test("what a thief would do first may be done five times in a quarter of an hour")
    func sensitive() {
        var endpoints = OpenEndpoints()
        endpoints.openCredentials()
        let sensitive = endpoints.descriptions.filter { $0.limit == .of(.sensitive) }.map(\.operationID)
        #expect(Set(sensitive).isSuperset(of: ["ChangePassword", "RemovePasskey", "RemoveTimeCodes"]))
        #expect(LimitClass.sensitive.quota == (5, .seconds(900)))
    }
}
