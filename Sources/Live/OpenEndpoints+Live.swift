import HTTP
public import Reception

extension OpenEndpoints {
    /// What can be followed, told by the hub; nil where only the document is wanted.
    public mutating func openLive(_ hub: LiveHub?) {
        guard let hub else { return open(FollowEvents.self) }
        open(FollowEvents.self) { feed in EventStream(hub: hub, feed: feed).response }
    }
}
