import EndpointKit
import JSON
import Shapes

/// An answer as it leaves and as it is kept: rendered, because the same bytes are owed to whoever asks again.
struct StoredAnswer: Sendable, Equatable {
    let status: Int16
    let location: String?
    let etag: String?
    let body: [UInt8]

    init(status: Int16, location: String?, etag: String?, body: [UInt8]) {
        (self.status, self.location, self.etag, self.body) = (status, location, etag, body)
    }

    init<Answer: Answerable>(_ answer: Answer) {
        self.init(
            status: Int16(Answer.outcome.status), location: answer.place,
            etag: answer.revision.map { "\"\($0)\"" },
            body: JSONWriter.document(capacity: answer.bytesExpected) { answer.write(to: &$0) })
    }
}
