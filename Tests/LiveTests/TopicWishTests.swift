import EndpointKit
import Testing

@testable import Live

@Suite("A wish for topics") struct TopicWishTests {
    @Test("adds and takes away, and nothing twice")
    func applied() throws {
        let more = try TopicWish(#"{"subscribe": ["appointments", "appointments.own"]}"#)
        let less = try TopicWish(#"{"unsubscribe": ["appointments"]}"#)
        #expect(more.applied(to: [.own]) == [.appointments, .own])
        #expect(less.applied(to: [.appointments, .own]) == [.own])
        #expect(less.applied(to: []) == [])
    }

    @Test(
        "is one object of one list of topics",
        arguments: [
            "", "[]", "1", "{}", #"{"subscribe": "appointments"}"#, #"{"subscribe": [1]}"#,
            #"{"subscribe": ["patients"]}"#,
            #"{"subscribe": [], "unsubscribe": []}"#, #"{"follow": ["appointments"]}"#,
            #"{"subscribe": ["appointments"]"#,
        ])
    func refused(message: String) { #expect(throws: Problem.self) { try TopicWish(message) } }
}
