-- Of one subject at most one job runs, whatever happens at once; a backlog of one clinic's due jobs delays nobody else's;
-- and workers see how far each clinic's events have been told, to wake those that are behind after a gap.

-- It also answers whether a job of a subject's line runs, in one look. Whoever would take a second one at the same moment
-- fails, looks again, and sees the first.
CREATE UNIQUE INDEX job_runs_alone ON job (tenant_id, subject) WHERE subject IS NOT NULL AND state = 'running';

-- Each clinic's due jobs of a state, the longest due first: read from clinic to clinic while more is due than one turn moves.
CREATE INDEX job_due ON job (state, tenant_id, run_at) WHERE state IN ('scheduled', 'later');

CREATE POLICY worker_message_relay ON message_relay TO nadi_worker USING (true) WITH CHECK (false);
GRANT SELECT ON message_relay TO nadi_worker;
