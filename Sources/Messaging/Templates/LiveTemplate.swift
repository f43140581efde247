public import Vocabulary

/// What is said at a place, and who says so.
public struct LiveTemplate: Sendable {
    /// Whose words they are.
    public enum Source: String, CaseIterable, Sendable { case platform, clinic }

    /// Where.
    public let place: TemplatePlace
    /// The words.
    public let parts: TemplateParts
    /// Which of the clinic's versions; nil for the platform's words.
    public let version: Int32?
    /// When the clinic saved it.
    public let savedAt: Instant?

    /// Whose words they are.
    public var source: Source { version == nil ? .platform : .clinic }

    /// The platform's words at a place; nil where it has none.
    public init?(platformsAt place: TemplatePlace) {
        guard let parts = place.platforms else { return nil }
        (self.place, self.parts, version, savedAt) = (place, parts, nil, nil)
    }

    init(_ place: TemplatePlace, _ parts: TemplateParts, version: Int32, savedAt: Instant) {
        (self.place, self.parts, self.version, self.savedAt) = (place, parts, version, savedAt)
    }

    /// Everything that can be said: the platform's words, with the clinic's own in their place.
    public static func all(own: [LiveTemplate]) -> [LiveTemplate] {
        let places = Set(own.map(\.place))
        let standard = TemplatePlace.spoken.filter { !places.contains($0) }.compactMap(LiveTemplate.init)
        return (own + standard).sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    private var order: [String] { [place.name.text, place.language.tag, place.channel.rawValue] }
}

extension TemplatePlace {
    /// Where the platform has words.
    static var spoken: [TemplatePlace] {
        TemplateName.all.flatMap { name in
            MessageCatalogue.sentences.keys.compactMap { Language(tag: $0) }.flatMap { language in
                MessageChannel.allCases.map { TemplatePlace(name, in: language, on: $0) }
            }
        }
    }
}

/// A version that a clinic saved. It never changes.
public struct TemplateVersion: Sendable {
    /// Counts from 1, at its place.
    public let version: Int32
    /// The words.
    public let parts: TemplateParts
    /// When it was saved.
    public let savedAt: Instant
    /// Whether it is what is said now.
    public let isLive: Bool
}
