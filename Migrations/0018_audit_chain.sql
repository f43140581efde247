-- A chain over each clinic's audit trail, so that nobody can change the past unnoticed; what holds it, and what remains of it
-- when it is forgotten.

-- A stretch of the trail that was sealed at once: a Merkle tree over its events, signed, naming the segment before. The ids say
-- which events, in the order of the tree's leaves; the marks are the first four bytes of each event's digest and only help to
-- find the one that was changed. Nothing is added to an event itself: the hot path writes its rows as before.
CREATE TABLE audit_segment (
    tenant_id int         NOT NULL,
    number    int         NOT NULL,
    through   timestamptz NOT NULL,
    sealed_at timestamptz NOT NULL,
    event_ids uuid[]      NOT NULL,
    marks     bytea       NOT NULL,
    previous  bytea       NOT NULL,
    root      bytea       NOT NULL,
    digest    bytea       NOT NULL,
    key       bytea       NOT NULL,
    signature bytea       NOT NULL,
    CONSTRAINT audit_segment_key PRIMARY KEY (tenant_id, number),
    CONSTRAINT audit_segment_number_counts CHECK (number > 0),
    CONSTRAINT audit_segment_is_small CHECK (cardinality(event_ids) <= 4096),
    CONSTRAINT audit_segment_has_marks CHECK (octet_length(marks) = 4 * cardinality(event_ids)),
    CONSTRAINT audit_segment_digests_are_sha256 CHECK (octet_length(previous) = 32 AND octet_length(root) = 32
        AND octet_length(digest) = 32),
    CONSTRAINT audit_segment_is_signed CHECK (octet_length(key) = 32 AND octet_length(signature) = 64)
);
CREATE INDEX audit_segment_by_time ON audit_segment (tenant_id, sealed_at);
ALTER TABLE audit_segment ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_segment FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON audit_segment
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- As long as one is in force nothing of the clinic's trail is forgotten.
CREATE TABLE audit_hold (
    tenant_id int         NOT NULL,
    id        uuid        NOT NULL,
    reason    text        NOT NULL,
    placed_at timestamptz NOT NULL,
    placed_by uuid        NOT NULL,
    lifted_at timestamptz,
    lifted_by uuid,
    CONSTRAINT audit_hold_key PRIMARY KEY (tenant_id, id),
    CONSTRAINT audit_hold_reason_is_short CHECK (length(reason) BETWEEN 3 AND 500),
    CONSTRAINT audit_hold_is_lifted_by_somebody CHECK ((lifted_at IS NULL) = (lifted_by IS NULL))
);
ALTER TABLE audit_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON audit_hold
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- What remains of segments that were forgotten after their years: how much they held, and where the chain goes on.
CREATE TABLE audit_receipt (
    tenant_id    int         NOT NULL,
    first_number int         NOT NULL,
    last_number  int         NOT NULL,
    events       bigint      NOT NULL,
    through      timestamptz NOT NULL,
    digest       bytea       NOT NULL,
    made_at      timestamptz NOT NULL,
    made_by      text        NOT NULL,
    key          bytea       NOT NULL,
    signature    bytea       NOT NULL,
    CONSTRAINT audit_receipt_key PRIMARY KEY (tenant_id, last_number),
    CONSTRAINT audit_receipt_is_of_something CHECK (first_number BETWEEN 1 AND last_number AND events >= 0),
    CONSTRAINT audit_receipt_is_signed CHECK (octet_length(digest) = 32 AND octet_length(key) = 32
        AND octet_length(signature) = 64),
    CONSTRAINT audit_receipt_says_who CHECK (length(made_by) BETWEEN 1 AND 200)
);
ALTER TABLE audit_receipt ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_receipt FORCE ROW LEVEL SECURITY;
CREATE POLICY only_this_tenant ON audit_receipt
    USING (tenant_id = (SELECT current_setting('app.tenant_id')::int))
    WITH CHECK (tenant_id = (SELECT current_setting('app.tenant_id')::int));

-- The app shows auditors their clinic's trail and seals it; it can change and remove nothing of it.
GRANT SELECT ON audit_event TO nadi_app;
GRANT SELECT, INSERT ON audit_segment TO nadi_app;
GRANT SELECT ON audit_receipt TO nadi_app;
GRANT SELECT, INSERT, UPDATE (lifted_at, lifted_by) ON audit_hold TO nadi_app;
GRANT SELECT ON audit_segment, audit_receipt, audit_hold TO nadi_auditor;
-- A worker sees of every clinic that there is something to seal, and no more.
CREATE POLICY worker_audit_event ON audit_event TO nadi_worker USING (true) WITH CHECK (false);
CREATE POLICY worker_audit_segment ON audit_segment TO nadi_worker USING (true) WITH CHECK (false);
GRANT SELECT (tenant_id, id) ON audit_event TO nadi_worker;
GRANT SELECT (tenant_id, number, through) ON audit_segment TO nadi_worker;

-- Forgets a clinic's segments up to a number with all their events, and keeps the receipt. A function of the owner's, because
-- no login may delete what this deletes; the six years are here, so that no caller can forget them.
CREATE FUNCTION forget_audit(clinic int, up_to int, counted bigint, kept audit_receipt) RETURNS bigint LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    gone bigint;
BEGIN
    -- Row security binds the owner as well; deleting is done under the clinic's own name.
    PERFORM set_config('app.tenant_id', clinic::text, true);
    IF EXISTS (SELECT FROM audit_hold WHERE tenant_id = clinic AND lifted_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'forgotten_audit_is_not_held',
            MESSAGE = 'a legal hold is in force';
    END IF;
    IF EXISTS (SELECT FROM audit_segment WHERE tenant_id = clinic AND number <= up_to
        AND through > now() - interval '6 years') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'forgotten_audit_is_six_years_old',
            MESSAGE = 'an audit trail is kept for six years at least';
    END IF;
    DELETE FROM audit_event WHERE tenant_id = clinic AND id IN (
        SELECT unnest(event_ids) FROM audit_segment WHERE tenant_id = clinic AND number <= up_to);
    GET DIAGNOSTICS gone = ROW_COUNT;
    -- A receipt that says another number than was there would hide what was removed before.
    IF gone <> counted THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'forgotten_audit_is_whole',
            MESSAGE = format('%s events are there, not %s', gone, counted);
    END IF;
    DELETE FROM audit_segment WHERE tenant_id = clinic AND number <= up_to;
    INSERT INTO audit_receipt SELECT kept.*;
    RETURN gone;
END $$;
REVOKE EXECUTE ON FUNCTION forget_audit(int, int, bigint, audit_receipt) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_audit(int, int, bigint, audit_receipt) TO nadi_platform;
