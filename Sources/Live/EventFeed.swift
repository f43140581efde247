import HTTP
import Identity
public import JSON
import Outbox
public import Shapes

/// What a caller follows and from where: the answer that goes on.
public struct EventFeed: Answerable {
    let request: CallerRequest
    let following: Following
    /// Up to where the caller has been told already; nil to begin now.
    let last: EventName?

    /// Server-sent events (the HTML standard's `text/event-stream`).
    public static var mediaType: StaticString { "text/event-stream" }
    /// Text.
    public static var schema: Schema {
        .string([
            "description": """
            Each event has an `id`, its kind as `event`, and as `data` an object of `id`, `kind`, \
            `appointment` or `notification`, `version`, `at` and `facts`: ids and times. An `id` alone says up to where \
            everything has been told. `event: end` says why nothing more will come, `event: reset` that \
            too much was missed to be told: read anew what is shown.
            """
        ])
    }
    /// Nothing: the stream is written by `EventStream`.
    public func write(to writer: inout JSONWriter) { writer.string("") }
}
