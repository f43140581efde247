import Crypto

/// Tokens and cursors are opened out of this spelling before any seal or signature is looked at. Whatever the
/// bytes are: they are written in letters of the alphabet and read back; and read as text they are refused or
/// have this very spelling, however they lie in memory, so that nothing has two.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzBase64URL(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let text = Base64URL.encode(bytes)
    precondition(text == written(bytes), "written otherwise than the rules have it")
    precondition(Base64URL.decode(text) == bytes, "written, but not read back")
    let read = Base64URL.decode(bytes)
    precondition(read == Base64URL.decode(bytes.lazy.map { $0 }), "read otherwise in pieces")
    precondition(read == Base64URL.decode((Array("AB".utf8) + bytes + Array("CD".utf8))[2..<2 + count]))
    let isOnlySpelling = plainly(bytes).map { written($0) == bytes } ?? false
    precondition((read != nil) == isOnlySpelling, "another spelling taken, or the right one refused")
    if let read { precondition(read == plainly(bytes), "read otherwise than the rules have it") }
    return 0
}

private let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

/// Three bytes are four letters, of what is left of them so many as hold its bits.
private func written(_ bytes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: bytes.count, by: 3).flatMap { start in
        let three = (0..<3).map { start + $0 < bytes.count ? Int(bytes[start + $0]) : 0 }
        let number = three[0] << 16 | three[1] << 8 | three[2]
        let letters = [18, 12, 6, 0].map { alphabet[number >> $0 & 63] }
        return letters.prefix(min(bytes.count - start, 3) + 1)
    }
}

/// What the letters hold in whole bytes; nil where one is none of the alphabet.
private func plainly(_ text: [UInt8]) -> [UInt8]? {
    var bits: [Bool] = []
    for letter in text {
        guard let value = alphabet.firstIndex(of: letter) else { return nil }
        bits += [5, 4, 3, 2, 1, 0].map { value >> $0 & 1 == 1 }
    }
    return stride(from: 0, to: bits.count / 8 * 8, by: 8).map { start in
        bits[start..<start + 8].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
    }
}
