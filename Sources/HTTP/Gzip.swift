import CZlib

/// One compressor for each loop: zlib's state is a quarter of a megabyte, made at the first use and then
/// reset.
final class Gzip {
    /// Measured best for JSON: half of level 6's time for a few per cent of its size.
    private static let level: Int32 = 4

    private var stream = z_stream()
    private var isReady = false

    deinit { if isReady { deflateEnd(&stream) } }

    /// The compressed bytes; nil when they would not be fewer.
    func compress(_ bytes: [UInt8]) -> [UInt8]? {
        guard prepare(), bytes.count < Int(UInt32.max) else { return nil }
        let room = bytes.count
        var length: Int?
        let compressed = [UInt8](unsafeUninitializedCapacity: room) { output, initialized in
            initialized = bytes.withUnsafeBufferPointer { input in
                // zlib's next_in is not const in C; it only reads.
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(room)
                guard deflate(&stream, Z_FINISH) == Z_STREAM_END else { return 0 }
                length = room - Int(stream.avail_out)
                return length ?? 0
            }
        }
        return length == nil ? nil : compressed
    }

    private func prepare() -> Bool {
        if isReady { return deflateReset(&stream) == Z_OK }
        isReady = nadi_deflate_gzip_begin(&stream, Self.level) == Z_OK
        return isReady
    }
}
