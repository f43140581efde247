/// An object's members, in the order in which they were written, each name once.
public struct JSONObject: Hashable, Sendable {
    /// One name and its value.
    public struct Member: Hashable, Sendable {
        /// The name, unescaped.
        public let name: String
        /// What it stands for.
        public var value: JSON

        /// A member to be put into an object.
        public init(name: String, value: JSON) {
            self.name = name
            self.value = value
        }
    }

    /// The members in order.
    public private(set) var members: [Member]

    /// An object without members.
    public init() { members = [] }

    /// An object of these members; of two of one name the later one wins, in the earlier one's place.
    public init(_ members: some Sequence<(String, JSON)>) {
        self.members = []
        for (name, value) in members { self[name] = value }
    }

    /// The reader has already seen to it that no name comes twice.
    init(unique members: [Member]) { self.members = members }

    /// The value of that name. Setting appends or replaces; setting nil removes.
    public subscript(name: String) -> JSON? {
        get { members.first { $0.name == name }?.value }
        set {
            let position = members.firstIndex { $0.name == name }
            switch (position, newValue) {
            case (let position?, let value?): members[position].value = value
            case (let position?, nil): members.remove(at: position)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// True where there are no members.
    public var isEmpty: Bool { members.isEmpty }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    /// The members in the order written.
    public init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}

extension JSONObject: JSONWritable {
    /// Writes the members in order.
    public func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for member in members {
            writer.key(text: member.name)
            member.value.write(to: &writer)
        }
        writer.endObject()
    }
}
