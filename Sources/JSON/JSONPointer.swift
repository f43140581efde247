/// The one rule of RFC 6901 that is easily forgotten.
public enum JSONPointer {
    /// The pointer's step to a member: a slash, and the name with `~` and `/` escaped.
    public static func step(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else {
            return "/" + name
        }
        return name.unicodeScalars.reduce(into: "/") { step, scalar in
            switch scalar {
            case "~": step += "~0"
            case "/": step += "~1"
            default: step.unicodeScalars.append(scalar)
            }
        }
    }
}
