import Terminal

/// Every command, in the order in which a newcomer meets them.
var commands: [any Command<Place>.Type] {
    [
        CheckConfiguration.self, ShowDatabaseURL.self, WriteCompletion.self,
    ]
}
