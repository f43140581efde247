import Database
import JobQueue
import Tenancy
import Vocabulary

/// Looking again before anything leaves.
extension MessageSender {
    /// What the look made of a message.
    enum Taken {
        case send(OutgoingMessage)
        case later(Instant, SendDecision.Reason)
        case drop(SendDecision.Reason)
    }

    /// Reads subject and consent, decides, counts and marks: in one transaction that holds message and
    /// subject, so that what is marked was true at that moment.
    func take(
        _ message: Message, _ route: MessageGateways.Route, _ clinic: TenantDatabase
    ) async throws -> Taken {
        let now = clock.now(), tenant = clinic.tenant
        return try await clinic.write { transaction in
            let held: Message? = try await transaction.row(Message.held(message.id, in: tenant))
            guard let held, held.state == .waiting || held.state == .sending else {
                return .drop(.superseded)
            }
            let content = try await content(of: held, in: transaction)
            let consent: Bool? =
                if let recipient = content?.recipient {
                    try await transaction.row(Message.consent(held, of: recipient, in: tenant))
                } else { nil }
            let zone = content.flatMap { try? zones.zone(named: $0.zone) }
            let grounds = SendDecision.Grounds(
                message: held, content: content, consent: consent, night: zone.map(QuietHours.init(zone:)),
                now: now)
            switch SendDecision.decide(grounds) {
            case .drop(let reason): return .drop(reason)
            case .later(let moment, let reason): return .later(moment, reason)
            case .send(let address):
                guard let content, let zone else { return .drop(.superseded) }
                switch try await words(of: held, content, zone, to: address, at: now, in: transaction) {
                case .unsayable(let reason): return .drop(reason)
                case .said(let words):
                    guard try await isWithinBudget(held, route.messagesPerDay, now, transaction) else {
                        return .drop(.overBudget)
                    }
                    try await transaction.run(
                        Message.begin(
                            held.id, by: type(of: route.driver).name, saying: words, at: now, of: tenant))
                    let outgoing = OutgoingMessage(held, saying: words, to: address, at: now)
                    return .send(try await addressed(outgoing, held, to: content.recipient, in: transaction))
                }
            }
        }
    }

    /// Counts the message, once: its second try was counted at its first.
    private func isWithinBudget(
        _ message: Message, _ most: Int, _ now: Instant, _ transaction: borrowing Transaction
    ) async throws -> Bool {
        guard message.tries == 0 else { return true }
        let clinic = try await sendingClinic(of: message, in: transaction)
        let budget = MessageBudget(
            channel: message.channel, day: Day(containingUTC: now),
            most: min(most, clinic?.messagesPerDay ?? most))
        return try await budget.take(at: now, in: transaction)
    }

    /// A message that was being sent when its worker died, or whose gateway said nothing. Nil when it may be
    /// sent again.
    func resolve(
        _ message: Message, _ route: MessageGateways.Route, _ clinic: TenantDatabase,
        _ settle: nonisolated(nonsending) (MessageSettlement) async throws -> JobOutcome
    ) async throws -> JobOutcome? {
        switch type(of: route.driver).doubt {
        case .askAgain: return nil
        case .leave: return try await settle(settlement(of: message, .uncertain, "no-answer"))
        case .lookUp: break
        }
        let asked: OutgoingMessage? = try await clinic.write { transaction in
            guard let content = try await content(of: message, in: transaction),
                let zone = try? zones.zone(named: content.zone),
                let address = content.address(on: message.channel)
            else { return nil }
            let now = clock.now()
            let saying = try await words(of: message, content, zone, to: address, at: now, in: transaction)
            guard case .said(let words) = saying else { return nil }
            return OutgoingMessage(message, saying: words, to: address, at: now)
        }
        // What was sent cannot be told any more: the words have changed since.
        guard let asked else { return try await settle(settlement(of: message, .uncertain, "superseded")) }
        let found = try await route.driver.find(
            asked, since: message.sendingAt ?? asked.now, with: route.courier)
        guard let found else { return .later(Self.patience, because: "the gateway cannot be asked") }
        // Another message may have said the same to the same person a moment before.
        let others: [String] = try await clinic.rows(
            Message.namesOfOthers(
                than: message.id, among: found, by: type(of: route.driver).name, in: clinic.tenant))
        guard let name = found.first(where: { !others.contains($0) }) else { return nil }
        return try await settle(settlement(of: message, .sent, nil, name))
    }

    private func content(
        of message: Message, in transaction: borrowing Transaction
    ) async throws -> MessageContent? {
        guard let subject = message.subject else { return queue.content(of: message, in: transaction.tenant) }
        return try await readers[subject.kind]?.content(
            for: message.template, about: subject, in: transaction)
    }

    /// In the words of the clinic where it has some, in the first language of the chain that has any.
    private func words(
        of message: Message, _ content: MessageContent, _ zone: Zone, to address: String, at now: Instant,
        in transaction: borrowing Transaction
    ) async throws -> ChosenTemplate.Saying {
        guard let name = TemplateName(message.template) else { return .unsayable(.noWords) }
        let tags = MessageCatalogue.tags(of: content.languages), tenant = transaction.tenant
        let own: [OwnTemplate] = try await transaction.rows(
            OwnTemplate.live(name, on: message.channel, in: tags, of: tenant))
        let chosen = ChosenTemplate.choose(name, on: message.channel, among: tags, own: own)
        guard let chosen else { return .unsayable(.noWords) }
        var mayBeFree = false
        if message.channel == .whatsApp, chosen.parts.text != nil {
            let inbound: Instant? = try await transaction.row(
                gateways.window.lastInbound(from: address, in: tenant))
            mayBeFree = AnswerWindow.isOpen(since: inbound, at: now)
        }
        return chosen.said(content, in: zone, mayBeFree: mayBeFree)
    }
}

extension OutgoingMessage {
    init(_ message: Message, saying said: SaidWords, to address: String, at now: Instant) {
        self.init(
            id: message.id, address: address, words: said.words, values: said.values, now: now,
            expiresAt: message.expiresAt)
    }
}
