import EndpointKit
import Shapes
import Vocabulary

/// Which events of a trail are looked for.
struct AuditWish {
    /// The latest first: those before this id.
    var before: UniqueID
    /// Those from this id on.
    var from: UniqueID
    var caller: UniqueID?
    var act: String?
    var outcome: String?
    var subjectKind: String?
    var subject: UniqueID?
    var limit: Int

    /// A span may not be longer than this: the trail is read in the order of time.
    static let longest = Duration.seconds(366 * 86_400)

    /// Everything of a span, or behind the place where the page before has ended.
    init(from: Instant, to: Instant, after cursor: Cursor?, limit: Int) throws {
        guard to > from else { throw Self.complaint("/query/to", "wrong_order", "must be after `from`") }
        guard to - from <= Self.longest else {
            throw Self.complaint("/query/to", "too_long", "must be at most 366 days after `from`")
        }
        (self.from, before, self.limit) = (.first(at: from), .first(at: to), limit)
        guard let cursor else { return }
        guard let id = UniqueID(uuidText: cursor.position) else {
            throw Self.complaint("/query/cursor", "wrong_form", "must be \(Cursor.form)")
        }
        before = min(before, id)
    }

    static func complaint(_ pointer: String, _ code: String, _ detail: String) -> Problem {
        .invalidInput([Complaint(pointer: pointer, code: code, detail: detail)])
    }
}
