public import Shapes

/// What a template says on one channel, placeholders in braces. Which parts there are depends on the channel.
public struct TemplateParts: Shape, Hashable {
    /// Mail's alone.
    @Field("The subject; a mail's alone.", .length(1...200)) public var subject: String?
    /// A text message and a mail need it. By WhatsApp it is optional, and said only within a day of the
    /// patient's own words.
    @Field("The words; by WhatsApp, those within a day of the patient's own.", .length(1...8000))
    public var text: String?
    /// Never instead of the words: whoever reads mail without pages must be told the same.
    @Field("The same words as a page, beside them; a mail's alone.", .length(1...20_000))
    public var html: String?
    /// India's.
    @Field("Under which ids India's registry of text messages knows the words; a text message's alone.")
    public var dlt: DLTRegistration?
    /// What arrives whether or not the patient has written.
    @Field("The template that Meta has approved; WhatsApp's alone, which must have one.")
    public var whatsapp: ApprovedTemplate?

    /// Nothing said yet.
    public init() {}
}

/// What India's registries (DLT) call a registered text message. Operators drop texts without it, and texts
/// in which a variable is longer than `variableMax`.
public struct DLTRegistration: Shape, Hashable {
    /// The longest that a variable of a registered text may be.
    static let variableMax = 30

    /// Who sends: the principal entity.
    @Field("The principal entity's id: whose registration it is.", .registryID) public var entityID: String
    /// As whom: the sender that the reader's telephone shows.
    @Field("The header: as whom the reader sees it.", .header) public var header: String
    /// What.
    @Field("The registered template's id.", .registryID) public var templateID: String

    /// Nothing registered yet.
    public init() {}
}

/// A template that Meta has approved: it keeps the sentence, we send what stands in its parameters.
public struct ApprovedTemplate: Shape, Hashable {
    /// As it was approved.
    @Field("Its name.", .approvedName) public var name: String
    /// As Meta writes languages.
    @Field("Its language, as Meta writes it: `hi`, `en_US`.", .approvedLanguage) public var language: String
    /// In the order in which the sentence has them.
    @Field("What stands in its parameters, in their order: names of placeholders.", .count(0...10))
    public var parameters: [String] = []

    /// Nothing approved yet.
    public init() {}

    init(name: String, language: String, parameters: [String]) {
        self.init()
        (self.name, self.language, self.parameters) = (name, language, parameters)
    }
}

extension Rule where Value == String {
    /// Nineteen digits today; other lengths have been given out.
    static var registryID: Rule {
        .pattern("^[0-9]{8,25}$", "be an id of 8 to 25 digits") { text in
            (8...25).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 48 < 10 }
        }
    }

    /// Six letters, or digits for what advertises.
    static var header: Rule {
        .pattern("^[A-Za-z0-9]{3,11}$", "be a header of 3 to 11 letters and digits") { text in
            (3...11).contains(text.utf8.count)
                && text.utf8.allSatisfy { ($0 | 32) &- 97 < 26 || $0 &- 48 < 10 }
        }
    }

    static var approvedName: Rule {
        .pattern("^[a-z0-9_]{1,512}$", "be a name of small letters, digits and underscores") { text in
            (1...512).contains(text.utf8.count)
                && text.utf8.allSatisfy { $0 &- 97 < 26 || $0 &- 48 < 10 || $0 == 95 }
        }
    }

    static var approvedLanguage: Rule {
        .pattern("^[a-z]{2,3}(_[A-Z]{2})?$", "be a language such as hi or en_US") { text in
            let parts = text.split(separator: "_", omittingEmptySubsequences: false)
            return (1...2).contains(parts.count) && (2...3).contains(parts[0].utf8.count)
                && parts[0].utf8.allSatisfy { $0 &- 97 < 26 }
                && parts.dropFirst().allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy { $0 &- 65 < 26 } }
        }
    }
}
