/// A property wrapper whose value is declared on a type and filled by a `DeclarationReader`.
public protocol DeclaredValue: Sendable, Decodable {
    /// What it declares.
    var declaration: any AnyDeclaration { get }
}

/// The values a type declares, in the order in which it stores them: `@Field(…) var reason` is "reason".
///
/// Found once per type by reflection; reading needs none.
public struct Declarations: Sendable {
    /// One declared value.
    public struct Item: Sendable {
        /// The property's name as it stands in Swift.
        public let property: String
        /// Its name on the wire: `startsAt` is `starts_at`.
        public let name: String
        /// The wrapper, which may know more than its declaration.
        public let wrapper: any DeclaredValue
        /// What is declared.
        public let declaration: any AnyDeclaration
    }

    /// In the order of declaration.
    public let items: [Item]
    let erased: [any AnyDeclaration]

    /// Looks at a fresh instance, in which every value is still only declared.
    public init<Declaring>(of instance: Declaring) {
        items = Mirror(reflecting: instance).children.compactMap { label, value in
            guard let label, let wrapper = value as? any DeclaredValue else { return nil }
            // A name that is no identifier (`hub.mode`) is reflected with its quotes.
            let property = String(label.filter { $0 != "`" }.drop { $0 == "_" })
            return Item(
                property: property, name: WireName.snake(property), wrapper: wrapper,
                declaration: wrapper.declaration)
        }
        erased = items.map(\.declaration)
    }

    /// Whether the type can be filled at all: nil, or why not. Ask once, when the program starts.
    public func flaw<Declaring: Decodable>(of type: Declaring.Type) -> String? {
        let reader = FillingDecoder(self, inputs: items.map { _ in nil }, pointers: items.map { _ in "" })
        reader.isRehearsal = true
        do { _ = try Declaring(from: reader) } catch {
            return "\(type) stores something that it does not declare."
        }
        guard reader.asked == items.map(\.property) else {
            return "\(type) names its values twice: drop its CodingKeys."
        }
        return nil
    }

    /// Fills a new instance with one input for each item; nil exactly when there are complaints.
    public func fill<Declaring: Decodable>(
        _ type: Declaring.Type, inputs: [WireInput?], pointers: [String], _ complaints: inout Complaints
    ) -> Declaring? {
        let reader = FillingDecoder(self, inputs: inputs, pointers: pointers)
        let filled = try? Declaring(from: reader)
        complaints.add(reader.complaints)
        guard reader.complaints.isEmpty else { return nil }
        if filled == nil { complaints.add("unreadable", "cannot be read") }
        return filled
    }
}

/// How properties are called on the wire.
public enum WireName {
    /// `startsAt` is `starts_at`, `taxID` is `tax_id`.
    public static func snake(_ property: String) -> String { split(property, with: "_") }

    /// `ifMatch` is `if-match`.
    public static func kebab(_ property: String) -> String { split(property, with: "-") }

    private static func split(_ property: String, with separator: Character) -> String {
        let letters = Array(property)
        var name = ""
        for (position, letter) in letters.enumerated() {
            let endsWord = position > 0 && !letters[position - 1].isUppercase
            let startsWord = position > 0 && position + 1 < letters.count && letters[position + 1].isLowercase
            if letter.isUppercase, endsWord || startsWord { name.append(separator) }
            name += letter.lowercased()
        }
        return name
    }
}
