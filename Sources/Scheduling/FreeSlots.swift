import JSON
import Shapes
import Vocabulary

/// Free slots as they are answered: start and end of each, in UTC.
struct FreeSlots: Described {
    let slots: [Slot]

    static let schema = Schema.array(
        of: .object(
            [
                .init("start", Instant.schema.described("When a visit could begin."), isRequired: true),
                .init("end", Instant.schema.described("When it would end."), isRequired: true),
            ], name: "Slot"))

    /// Writes all of them into one stretch of memory: a page of slots is the longest thing the desk asks for
    /// all day.
    func write(to writer: inout JSONWriter) {
        let room = 2 + slots.count * Self.slotBytesMax
        withUnsafeTemporaryAllocation(byteCount: room, alignment: 1) { buffer in
            var place = 0
            func put(_ text: StaticString) {
                UnsafeMutableRawBufferPointer(rebasing: buffer[place...])
                    .copyMemory(
                        from: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
                place += text.utf8CodeUnitCount
            }
            func put(_ instant: Instant) {
                place += instant.write(to: UnsafeMutableRawBufferPointer(rebasing: buffer[place...]))
            }
            put("[")
            for (number, slot) in slots.enumerated() {
                put(number == 0 ? "{\"start\":\"" : ",{\"start\":\"")
                put(slot.start)
                put("\",\"end\":\"")
                put(slot.end)
                put("\"}")
            }
            put("]")
            writer.raw(bytes: UnsafeRawBufferPointer(rebasing: buffer[..<place]))
        }
    }

    /// Punctuation and two instants with microseconds.
    private static let slotBytesMax = 25 + 2 * 27
}
