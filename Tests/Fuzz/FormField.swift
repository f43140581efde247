import HTTP

/// Whatever the bytes are, a query or form is read as a plain reading of the rules has it, byte by byte and
/// fault by fault, whatever stands around it in memory; a segment of a path likewise, where a plus is no
/// space. What was read is written in the one spelling that there is and read again: nothing is lost, doubled
/// or moved from one field into another.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFormField(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let fields = reading(bytes[...])
    precondition(fields == plainly(bytes), "read otherwise than the rules have it")
    let amidOthers = Array("%a=".utf8) + bytes + Array("41&b=c".utf8)
    precondition(reading(amidOthers[3..<3 + count]) == fields, "what stands around it was read")
    if case .success(let fields) = fields { checkWriting(fields) }
    checkSegment(bytes.prefix { $0 != UInt8(ascii: "/") })
    return 0
}

/// A field as bytes: equal texts may have different ones.
private struct Pair: Equatable {
    var name: [UInt8]
    var value: [UInt8]
}

private typealias Reading = Result<[Pair], FormFault>

private func reading(_ bytes: ArraySlice<UInt8>) -> Reading {
    Result { () throws(FormFault) in try FormField.parse(bytes) }.map { fields in
        fields.map { Pair(name: Array($0.name.utf8), value: Array($0.value.utf8)) }
    }
}

/// The rules, with nothing done for speed.
private func plainly(_ bytes: [UInt8]) -> Reading {
    Result { () throws(FormFault) in
        var pairs: [Pair] = []
        for part in bytes.split(separator: UInt8(ascii: "&")) {
            if pairs.count == FormField.countMax { throw .tooMany }
            let sides = part.split(
                separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            pairs.append(
                Pair(
                    name: try decoded(sides[0], plusIsSpace: true),
                    value: sides.count == 1 ? [] : try decoded(sides[1], plusIsSpace: true)))
        }
        return pairs
    }
}

private func decoded(_ bytes: ArraySlice<UInt8>, plusIsSpace: Bool) throws(FormFault) -> [UInt8] {
    var (decoded, rest): ([UInt8], _) = ([], bytes)
    while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "+") where plusIsSpace: decoded.append(UInt8(ascii: " "))
        case UInt8(ascii: "%"):
            guard let high = digit(rest.popFirst()), let low = digit(rest.popFirst()) else {
                throw .brokenEscape
            }
            decoded.append(high * 16 + low)
        default: decoded.append(byte)
        }
    }
    // What is no UTF-8 is mended here, and so is not what it was.
    guard !decoded.contains(0), String(decoding: decoded, as: UTF8.self).utf8.elementsEqual(decoded) else {
        throw .notText
    }
    return decoded
}

private func digit(_ byte: UInt8?) -> UInt8? {
    switch byte {
    case let byte? where (48...57).contains(byte): byte - 48
    case let byte? where (65...70).contains(byte): byte - 65 + 10
    case let byte? where (97...102).contains(byte): byte - 97 + 10
    default: nil
    }
}

private func checkWriting(_ pairs: [Pair]) {
    let fields = pairs.map {
        (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
    }
    let text = Array(PercentCoding.form(fields).utf8)
    precondition(text == written(pairs), "written otherwise than the rules have it")
    precondition(reading(text[...]) == .success(pairs), "written, but not read back")
}

private func written(_ pairs: [Pair]) -> [UInt8] {
    Array(
        pairs.map { spelt($0.name) + [UInt8(ascii: "=")] + spelt($0.value) }.joined(separator: [
            UInt8(ascii: "&")
        ]))
}

private let unreserved: [Bool] = {
    let letters = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~".utf8)
    return (0...UInt8.max).map(letters.contains)
}()
private let digits = Array("0123456789ABCDEF".utf8)

private func spelt(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for byte in bytes {
        if unreserved[Int(byte)] {
            text.append(byte)
        } else {
            text += [UInt8(ascii: "%"), digits[Int(byte / 16)], digits[Int(byte % 16)]]
        }
    }
    return text
}

private let routes: RouteTrie<Int> = {
    var routes = RouteTrie<Int>()
    try? routes.add(.get, "/{segment}", 1)
    return routes
}()

private func checkSegment(_ segment: ArraySlice<UInt8>) {
    let expected = try? decoded(segment, plusIsSpace: false)
    let path = [UInt8(ascii: "/")] + segment
    switch path.withUnsafeBufferPointer({ routes.match(.get, path: $0) }) {
    case .found(_, let parameters):
        let value = parameters["segment"].map { Array($0.utf8) }
        precondition(value == expected && value != nil, "a segment read otherwise than the rules have it")
    case .malformedPath: precondition(expected == nil, "a segment refused that is text")
    case .unknownPath: precondition(segment.isEmpty, "a segment that leads nowhere")
    case .wrongMethod: preconditionFailure("a method refused")
    }
}
