import JSON

extension JSON {
    /// The document, as it is sent.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.bytes
    }
}
