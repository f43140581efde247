/// First in, first out, in constant time: an array whose consumed front is cut off now and then.
struct Queue<Element> {
    private var items: [Element?] = []
    private var head = 0

    var isEmpty: Bool { head == items.count }
    var count: Int { items.count - head }
    var first: Element? { isEmpty ? nil : items[head] }

    mutating func append(_ element: Element) { items.append(element) }

    mutating func popFirst() -> Element? {
        guard !isEmpty else { return nil }
        defer { trim() }
        let element = items[head]
        items[head] = nil
        head += 1
        return element
    }

    /// Everything that is left, in order; the queue is empty afterwards.
    mutating func removeAll() -> [Element] {
        let rest = items[head...].compactMap(\.self)
        self = Queue()
        return rest
    }

    private mutating func trim() {
        if head == items.count {
            items.removeAll(keepingCapacity: true)
            head = 0
        } else if head >= 64, head * 2 >= items.count {
            items.removeFirst(head)
            head = 0
        }
    }
}
