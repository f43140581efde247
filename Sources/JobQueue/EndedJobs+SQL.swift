import Database
import Vocabulary

/// Endings that are written down in one transaction.
struct EndedJobs: Sendable {
    let all: [EndedJob]
    let worker: UniqueID

    /// Statements for one network write: who leaves, who waits or is parked, whose line goes on. Rows that
    /// have been given to another worker meanwhile are left alone.
    var statements: [SQL] {
        let left = all.filter(\.leaves)
        let kept = all.compactMap(KeptRow.init)
        let gone = all.filter(\.leavesLine)
        return (left.isEmpty ? [] : [leave(left)]) + (kept.isEmpty ? [] : [keep(kept)])
            + (gone.isEmpty ? [] : [advance(gone)])
    }

    private func leave(_ left: [EndedJob]) -> SQL {
        """
        DELETE FROM job USING unnest(\(left.map(\.job.tenant)), \(left.map(\.job.id)), \(left.map(\.job.taken)))
            AS ended (tenant_id, id, taken)
        WHERE \(isStillOurs)
        """
    }

    private func keep(_ kept: [KeptRow]) -> SQL {
        """
        UPDATE job SET state = ended.state, tries = job.tries + ended.failed, reason = ended.reason,
            run_at = now() + ended.rest * interval '1 millisecond', holder = NULL, begun_at = NULL
        FROM unnest(\(kept.map(\.job.tenant)), \(kept.map(\.job.id)), \(kept.map(\.job.taken)),
            \(kept.map(\.state)), \(kept.map(\.failed)), \(kept.map(\.rest)), \(kept.map(\.reason)))
            AS ended (tenant_id, id, taken, state, failed, rest, reason)
        WHERE \(isStillOurs)
        """
    }

    private func advance(_ gone: [EndedJob]) -> SQL {
        Self.advance(gone.map(\.job.tenant), gone.map { $0.job.subject ?? "" })
    }

    /// Lets the first of each subject's line go on.
    static func advance(_ tenants: [TenantID], _ subjects: [String]) -> SQL {
        """
        UPDATE job SET state = 'ready' FROM unnest(\(tenants), \(subjects)) AS line (tenant_id, subject)
        CROSS JOIN LATERAL (
            SELECT id FROM job AS first WHERE first.tenant_id = line.tenant_id AND first.subject = line.subject
                AND first.state = 'behind' ORDER BY first.place LIMIT 1) next
        WHERE job.tenant_id = line.tenant_id AND job.id = next.id AND job.state = 'behind'
        """
    }

    private var isStillOurs: SQL {
        """
        job.tenant_id = ended.tenant_id AND job.id = ended.id AND job.taken = ended.taken
            AND job.holder = \(worker) AND job.state = 'running'
        """
    }
}

/// What is written into the row of a job that stays.
private struct KeptRow {
    let job: TakenJob
    let state: String
    let failed: Int16
    let rest: Int64
    let reason: String?

    init?(_ ended: EndedJob) {
        job = ended.job
        switch ended.ending {
        case .later(let rest, let failed, let reason):
            (state, self.failed) = ("later", failed ? 1 : 0)
            (self.rest, self.reason) = (rest.wholeMicroseconds / 1000, String(reason.prefix(500)))
        case .parked(let reason):
            (state, failed, rest, self.reason) = ("parked", 1, 0, String(reason.prefix(500)))
        case .returned: (state, failed, rest, reason) = ("ready", 0, 0, nil)
        case .done, .dropped, .gone, .lost: return nil
        }
    }
}
