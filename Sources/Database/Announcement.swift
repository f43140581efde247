import EventLoop

/// A word for other processes, to be said when its transaction has been committed.
struct Announcement {
    let channel: StaticString
    let word: String
}

/// Gathers what commits announce and says it once a channel and moment.
///
/// A NOTIFY within a transaction holds one lock of the whole server through its commit, so that no two of
/// them could share a flush of the log: a clinic's bookings would queue behind each other. Said apart, it
/// costs a transaction nothing and the server at most a hundred small ones a second and loop.
// Unchecked: touched only on its loop's thread.
final class Announcements: @unchecked Sendable {
    typealias Saying = @Sendable (StaticString, String) async -> Void

    private static let patience = Duration.milliseconds(10)
    /// PostgreSQL takes payloads of less than 8000 bytes.
    private static let bytesMax = 7900
    private let loop: EventLoop
    private var gathered: [String: (channel: StaticString, words: Set<String>)] = [:]
    private var isWaiting = false

    init(on loop: EventLoop) { self.loop = loop }

    func add(_ announcements: [Announcement], saying: @escaping Saying) {
        guard !announcements.isEmpty else { return }
        for one in announcements {
            gathered[one.channel.description, default: (one.channel, [])].words.insert(one.word)
        }
        guard !isWaiting else { return }
        isWaiting = true
        loop.schedule(after: Self.patience) { self.say(saying) }
    }

    private func say(_ saying: @escaping Saying) {
        isWaiting = false
        let texts = gathered.values.flatMap { entry in
            Self.texts(of: entry.words.sorted()).map { (entry.channel, $0) }
        }
        gathered = [:]
        Task(executorPreference: loop) { for (channel, text) in texts { await saying(channel, text) } }
    }

    /// The words, parted by commas, in as few notices as hold them.
    static func texts(of words: [String]) -> [String] {
        words.reduce(into: []) { texts, word in
            guard let last = texts.last, last.utf8.count + word.utf8.count < bytesMax else {
                return texts.append(word)
            }
            texts[texts.count - 1] = last + "," + word
        }
    }
}
