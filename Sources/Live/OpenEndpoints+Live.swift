import HTTP
public import Reception

extension OpenEndpoints {
    /// What can be followed, told by the hub; nil where only the document is wanted.
    public mutating func openLive(_ hub: LiveHub?) {
        guard let hub else {
            open(FollowEvents.self)
            return open(FollowLive.self)
        }
        open(FollowEvents.self) { feed in EventStream(hub: hub, feed: feed).response }
        open(FollowLive.self) { asked in
            SocketTalk(hub: hub, feed: asked.feed, handshake: asked.handshake).response
        }
    }
}
