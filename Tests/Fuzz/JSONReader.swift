import JSON

/// Whatever the bytes are, the reader ends with a value or a fault. A value that was taken is written, read
/// again and written again: both values and both texts are the same, so nothing was lost, doubled or invented
/// on the way. A fault lies within the bytes, and passing over a document is refused exactly when reading it
/// is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSONReader(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    var skipper = JSONReader(bytes)
    let isPassedOver = (try? skipper.skip()) != nil && (try? skipper.finish()) != nil
    do {
        let value = try JSON(parsing: bytes)
        precondition(isPassedOver, "read, but not passed over")
        let text = value.jsonText
        // A control character is six bytes where it was one: the limits are for what came in.
        let limits = JSONLimits(bytes: text.utf8.count, stringBytes: text.utf8.count)
        let again = try? JSON(parsing: text, limits: limits)
        precondition(again == value, "written, but not read back")
        precondition(again?.jsonText == text, "read back, but written in another way")
    } catch {
        precondition(!isPassedOver, "passed over, but not read")
        precondition((0...count).contains(error.offset), "a fault outside the document")
        precondition(
            // By bytes: a combining character after the slash makes another Character of it.
            error.pointer.isEmpty || error.pointer.utf8.first == UInt8(ascii: "/"),
            "a pointer that does not begin with /")
    }
    return 0
}
