-- Expired idempotency keys are swept clinic by clinic, as jobs, under the clinic's own policy: nobody need reach across
-- clinics for it any more.
DROP POLICY platform_idempotency_key ON idempotency_key;
REVOKE ALL ON idempotency_key FROM nadi_platform;
REVOKE SELECT (expires_at) ON idempotency_key FROM nadi_platform;
-- A sweep reads its clinic's span of the key; the index by expiry served the sweep of all clinics.
DROP INDEX idempotency_key_by_expiry;
