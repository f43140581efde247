public import Shapes

/// How many sign-ins ended.
public struct EndedSessions: Output {
    let count: Int

    /// The answer's member.
    public static let shape = OutputShape<EndedSessions> {
        Out("ended", "How many sign-ins ended.", example: 2) { $0.count }
    }
}

/// What of all that acts in somebody's name ended, and what goes on.
public struct EndedAccess: Output {
    let sessions: Int
    var keysEnded = 0
    let keysKept: Int

    /// The answer's members.
    public static let shape = OutputShape<EndedAccess> {
        Out("ended", "How many sign-ins ended.", example: 2) { $0.sessions }
        Out("api_keys_ended", "How many API keys ended that they answered for.", example: 0) { $0.keysEnded }
        Out("api_keys_kept", "By how many API keys that they answer for programs go on calling.", example: 1)
        {
            $0.keysKept
        }
    }
}
