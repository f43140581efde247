public import Vocabulary

/// What a message says, in one language, with nothing left open.
public struct MessageWords: Sendable, Equatable {
    /// Which words: `appointment.booked`.
    public let template: String
    /// In which language.
    public let language: Language
    /// As the subject of a mail.
    public let title: String
    /// As a text message: one piece, two at most.
    public let short: String
    /// As a mail.
    public let long: String
    /// Who says it.
    public let sender: String
    /// A mail's page as its clinic wrote it; nil where it is made of the words.
    public var page: String?
    /// How India's registry knows the text.
    public var registration: DLTRegistration?
    /// What Meta has approved; nil where the words themselves are sent.
    public var approved: ApprovedTemplate?

    /// Whether the lines begin at the right.
    public var isRightToLeft: Bool {
        ["ar", "he", "fa", "ur"].contains(language.base)
    }
}

/// The sentences of one template in one language, placeholders in braces.
struct Sentences: Sendable, Equatable {
    let title: String
    let short: String
    let long: String

    /// Long without a text of its own is the short one.
    init(_ title: String, _ short: String, long: String? = nil) {
        (self.title, self.short, self.long) = (title, short, long ?? short)
    }

    /// The placeholders of a text, in order, each time they stand there.
    static func placeholders(of text: String) -> [String] {
        text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
            piece.firstIndex(of: "}").map { String(piece[..<$0]) }
        }
    }

    /// The text with its placeholders filled. A value is put in as it is and never looked at for braces.
    static func filled(_ text: String, with values: [String: String]) -> String {
        var filled = ""
        for (place, piece) in text.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            guard place > 0, let end = piece.firstIndex(of: "}") else {
                filled += piece
                continue
            }
            filled += values[String(piece[..<end])] ?? ""
            filled += piece[piece.index(after: end)...]
        }
        return filled
    }
}
