public import Shapes
import Vocabulary

/// Whether an appointment could be made now, and what else could.
public struct AppointmentExplanation: Output {
    /// Everything that stands in the way.
    let obstacles: [Obstacle]
    /// What could be booked instead, the nearest first.
    let nearest: FreeSlots

    init(_ obstacles: [Obstacle], nearest: [Slot] = []) {
        (self.obstacles, self.nearest) = (obstacles, FreeSlots(slots: obstacles.isEmpty ? [] : nearest))
    }

    /// The answer's members.
    public static let shape = OutputShape<AppointmentExplanation> {
        Out("possible", "Whether it could be booked now.") { $0.obstacles.isEmpty }
        Out("obstacles", "Everything that stands in the way; nothing if it could be booked.") { $0.obstacles }
        Out(
            "nearest",
            "If it could not: when the visit could be, nearest to the start that was asked for first."
        ) {
            $0.nearest
        }
    }
}
