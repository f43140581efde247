/// Reads a JSON document front to back: the caller says what it expects, the reader gives it or throws.
///
/// Strict where others are lenient: a member name may stand once, text is valid UTF-8 without NUL and lone
/// surrogates, an integer fits 64 bits or is refused, and every fault carries its JSON pointer.
public struct JSONReader {
    /// What kind of value comes next.
    public enum Kind: Sendable {
        case null, bool, number, string, array, object
    }

    /// An object or array that has been opened and not yet closed.
    struct Frame {
        let isObject: Bool
        /// Where this object's names begin in `names`.
        let firstName: Int
        var count = 0
        /// Only for objects with so many members that looking at each name again would cost time squared.
        var seen: Set<[UInt8]> = []
    }

    let bytes: [UInt8]
    let limits: JSONLimits
    var offset = 0
    private var frames: [Frame] = []
    /// The names of all open objects, the outermost first; those of the last frame are compared with each new
    /// one.
    private var names: [String] = []

    /// A reader at the beginning of `bytes`.
    public init(_ bytes: [UInt8], limits: JSONLimits = .standard) {
        self.bytes = bytes
        self.limits = limits
    }

    /// Looks at the next value without taking it.
    public mutating func peek() throws(JSONFault) -> Kind {
        skipSpace()
        guard bytes.count <= limits.bytes else { throw fault(.tooLarge, "The document is too large.") }
        guard offset < bytes.count else { throw unexpectedEnd }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw fault(.syntax, "A value was expected here.")
        }
    }

    /// Enters an object; then `nextName` until it gives nil.
    public mutating func beginObject() throws(JSONFault) {
        try expect(.object, "An object was expected.")
        try open(isObject: true)
    }

    /// The next member's name, its value coming next; nil once the object is over and left.
    public mutating func nextName() throws(JSONFault) -> String? {
        guard try !closes(with: UInt8(ascii: "}")) else { return nil }
        skipSpace()
        guard offset < bytes.count else { throw unexpectedEnd }
        guard bytes[offset] == UInt8(ascii: "\"") else {
            throw fault(.syntax, "A member's name in double quotes was expected.")
        }
        let name = try readString()
        try remember(name)
        skipSpace()
        guard offset < bytes.count else { throw unexpectedEnd }
        guard bytes[offset] == UInt8(ascii: ":") else {
            throw fault(.syntax, "A colon was expected after the member's name.")
        }
        offset += 1
        return name
    }

    /// Enters an array; then `nextItem` until it says no.
    public mutating func beginArray() throws(JSONFault) {
        try expect(.array, "An array was expected.")
        try open(isObject: false)
    }

    /// True when another element follows, to be read next; false once the array is over and left.
    public mutating func nextItem() throws(JSONFault) -> Bool {
        guard try !closes(with: UInt8(ascii: "]")) else { return false }
        frames[frames.count - 1].count += 1
        return true
    }

    /// Takes a string.
    public mutating func string() throws(JSONFault) -> String {
        try expect(.string, "A string was expected.")
        return try readString()
    }

    /// Takes an integer of 64 bits; a fraction or an exponent is refused even where its value is whole.
    public mutating func integer() throws(JSONFault) -> Int64 {
        try expect(.number, "An integer was expected.")
        guard case .integer(let value) = try readNumber() else {
            throw fault(.wrongType, "An integer was expected.")
        }
        return value
    }

    /// Takes `true` or `false`.
    public mutating func bool() throws(JSONFault) -> Bool {
        try expect(.bool, "True or false was expected.")
        let value = bytes[offset] == UInt8(ascii: "t")
        try readWord(value ? "true" : "false")
        return value
    }

    /// Takes a `null` if one comes next.
    public mutating func null() throws(JSONFault) -> Bool {
        guard try peek() == .null else { return false }
        try readWord("null")
        return true
    }

    /// Passes over a value; it is checked as strictly as if it were wanted.
    public mutating func skip() throws(JSONFault) { _ = try value() }

    /// Says that the document must end here.
    public mutating func finish() throws(JSONFault) {
        skipSpace()
        guard offset == bytes.count else {
            throw fault(.trailingBytes, "Something follows after the end of the document.")
        }
    }

    /// Takes a value of any kind.
    public mutating func value() throws(JSONFault) -> JSON {
        switch try peek() {
        case .null:
            try readWord("null")
            return .null
        case .bool: return .bool(try bool())
        case .number: return try readNumber()
        case .string: return .string(try readString())
        case .array: return .array(try items())
        case .object: return .object(JSONObject(unique: try members()))
        }
    }

    private mutating func items() throws(JSONFault) -> [JSON] {
        try open(isObject: false)
        var items: [JSON] = []
        while try nextItem() { items.append(try value()) }
        return items
    }

    private mutating func members() throws(JSONFault) -> [JSONObject.Member] {
        try open(isObject: true)
        var members: [JSONObject.Member] = []
        while let name = try nextName() { members.append(.init(name: name, value: try value())) }
        return members
    }

    private mutating func expect(_ kind: Kind, _ complaint: String) throws(JSONFault) {
        guard try peek() == kind else { throw fault(.wrongType, complaint) }
    }

    private mutating func open(isObject: Bool) throws(JSONFault) {
        guard frames.count < limits.depth else {
            throw fault(.tooDeep, "Values stand too deep in each other.")
        }
        frames.append(Frame(isObject: isObject, firstName: names.count))
        offset += 1
    }

    /// True, and the frame is left, at its closing bracket; otherwise the comma between two values is taken.
    private mutating func closes(with bracket: UInt8) throws(JSONFault) -> Bool {
        guard let frame = frames.last else { throw fault(.wrongType, "No object or array is open here.") }
        skipSpace()
        guard offset < bytes.count else { throw unexpectedEnd }
        let isFirst = frame.isObject ? names.count == frame.firstName : frame.count == 0
        if bytes[offset] == bracket {
            names.removeLast(names.count - frame.firstName)
            frames.removeLast()
            offset += 1
            return true
        }
        guard !isFirst else { return false }
        guard bytes[offset] == UInt8(ascii: ",") else {
            throw fault(.syntax, "A comma or the closing bracket was expected.")
        }
        offset += 1
        return false
    }

    /// Compared byte for byte: `==` alone would take two spellings of one accented letter for one name.
    private func stands(_ name: String, from first: Int) -> Bool {
        let count = name.utf8.count
        for position in first..<names.count where names[position].utf8.count == count {
            if names[position] == name, names[position].utf8.elementsEqual(name.utf8) { return true }
        }
        return false
    }

    private mutating func remember(_ name: String) throws(JSONFault) {
        let last = frames.count - 1
        let firstName = frames[last].firstName
        let isKnown: Bool
        if names.count - firstName < 24 {
            isKnown = stands(name, from: firstName)
        } else {
            if frames[last].seen.isEmpty {
                frames[last].seen = Set(names[firstName...].map { Array($0.utf8) })
            }
            isKnown = !frames[last].seen.insert(Array(name.utf8)).inserted
        }
        names.append(name)
        guard !isKnown else { throw fault(.duplicateKey, "The member stands twice in its object.") }
        guard names.count - firstName <= limits.members else {
            throw fault(.tooManyMembers, "The object has too many members.")
        }
    }
}

extension JSONReader {
    var unexpectedEnd: JSONFault { fault(.unexpectedEnd, "The document ends too early.") }

    func fault(_ code: JSONFault.Code, _ detail: String) -> JSONFault {
        JSONFault(pointer: pointer, code: code, detail: detail, offset: offset)
    }

    /// Where the reader is: built only when something is wrong.
    public var pointer: String {
        var pointer = ""
        for (position, frame) in frames.enumerated() {
            let nameEnd = position + 1 < frames.count ? frames[position + 1].firstName : names.count
            if !frame.isObject, frame.count > 0 { pointer += "/\(frame.count - 1)" }
            if frame.isObject, nameEnd > frame.firstName { pointer += JSONPointer.step(names[nameEnd - 1]) }
        }
        return pointer
    }

    @inline(__always)
    mutating func skipSpace() {
        while offset < bytes.count {
            let byte = bytes[offset]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            offset += 1
        }
    }
}
