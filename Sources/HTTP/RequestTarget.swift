/// The target of a request line, taken apart. `#` is refused: no client sends it, and parsers differ about
/// it.
struct RequestTarget {
    let path: Range<Int>
    let query: Range<Int>
    /// The authority of an absolute target, which must then be the Host.
    let authority: Range<Int>?

    init(_ range: Range<Int>, of bytes: [UInt8], method: HTTPMethod) throws(RequestFault) {
        let target = bytes[range]
        guard !target.contains(35) else { throw .malformed }
        var start = range.lowerBound
        var authority: Range<Int>?
        if target.first != 47 {
            if target.count == 1, target.first == 42, method == .options {
                (path, query, self.authority) = (range, range.upperBound..<range.upperBound, nil)
                return
            }
            let scheme = target.prefix { $0 != 58 }
            guard scheme.equalsIgnoringCase("http") || scheme.equalsIgnoringCase("https"),
                target[scheme.endIndex...].starts(with: "://".utf8)
            else { throw .malformed }
            let rest = target[(scheme.endIndex + 3)...]
            start = rest.firstIndex(of: 47) ?? range.upperBound
            guard start < range.upperBound else { throw .malformed }
            authority = rest.startIndex..<start
        }
        let mark = bytes[start..<range.upperBound].firstIndex(of: 63)
        path = start..<(mark ?? range.upperBound)
        query = (mark.map { $0 + 1 } ?? range.upperBound)..<range.upperBound
        self.authority = authority
    }
}
