import Database
import Outbox
import Vocabulary

extension MessageBudget {
    /// Counts one more message; whether it may be sent. At the end of the budget, and well before it, the
    /// clinic is told, each once a day however many workers send.
    func take(at now: Instant, in transaction: borrowing Transaction) async throws -> Bool {
        let counted: [Int64] = try await transaction.rows(counting(in: transaction.tenant))
        let sent = counted.first.map(Int.init) ?? most
        if sent >= warningFrom, try await isFirst(warning(at: now, in: transaction.tenant), transaction) {
            Outbox.record(
                BudgetNearlyUsed(budget: self, sent: sent, tenant: transaction.tenant), in: transaction)
        }
        if sent >= most, try await isFirst(stopping(at: now, in: transaction.tenant), transaction) {
            Outbox.record(BudgetUsed(budget: self, sent: sent, tenant: transaction.tenant), in: transaction)
        }
        return !counted.isEmpty
    }

    private func isFirst(_ mark: SQL, _ transaction: borrowing Transaction) async throws -> Bool {
        try await transaction.run(mark) > 0
    }

    /// No row comes back when that would be too many.
    private func counting(in tenant: TenantID) -> SQL {
        """
        INSERT INTO message_count AS counted (tenant_id, channel, day, messages)
        SELECT \(tenant), \(channel), \(day), 1 WHERE \(most) > 0
        ON CONFLICT (tenant_id, channel, day) DO UPDATE SET messages = counted.messages + 1
        WHERE counted.messages < \(most) RETURNING counted.messages::bigint
        """
    }

    private func warning(at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO message_count AS counted (tenant_id, channel, day, messages, warned_at)
        VALUES (\(tenant), \(channel), \(day), 0, \(now))
        ON CONFLICT (tenant_id, channel, day) DO UPDATE SET warned_at = excluded.warned_at
        WHERE counted.warned_at IS NULL
        """
    }

    private func stopping(at now: Instant, in tenant: TenantID) -> SQL {
        """
        INSERT INTO message_count AS counted (tenant_id, channel, day, messages, stopped_at)
        VALUES (\(tenant), \(channel), \(day), 0, \(now))
        ON CONFLICT (tenant_id, channel, day) DO UPDATE SET stopped_at = excluded.stopped_at
        WHERE counted.stopped_at IS NULL
        """
    }
}
