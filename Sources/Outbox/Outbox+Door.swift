/// The room opens with its first line.
