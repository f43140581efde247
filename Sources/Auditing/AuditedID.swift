import JSON
public import Shapes
public import Vocabulary

/// The id of whatever an event may be about, as a UUID or in the form in which the rest of the interface
/// gives it.
public struct AuditedID: WireText, Hashable {
    /// The id without its kind.
    public let unique: UniqueID

    /// A UUID, or a prefix and 26 characters.
    public static var schema: Schema {
        .string([
            "pattern":
                "^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25})$",
            "examples": ["pat_01jd4rznr0fk2vdr1b3wx4rqbe"],
        ])
    }
    /// For the complaint.
    public static var form: String { "a UUID, or an id such as pat_01jd4rznr0fk2vdr1b3wx4rqbe" }

    /// Reads either form.
    public init?(wire text: String) {
        guard let unique = UniqueID(uuidText: text) ?? Self.unique(ofTypeID: text) else { return nil }
        self.unique = unique
    }

    /// The UUID.
    public var wire: String { unique.uuidText }

    /// The digits of a TypeID are the same whatever it names: read as one of our own kinds.
    private static func unique(ofTypeID text: String) -> UniqueID? {
        let letters = text.prefix(3)
        guard letters.utf8.count == 3, text.utf8.count == 30,
            letters.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) })
        else { return nil }
        return ID<AuditLine>(text: AuditLine.idPrefix.description + text.dropFirst(3))?.unique
    }
}
