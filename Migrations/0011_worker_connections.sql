-- A worker that is killed loses its connections at once: whoever has none, and has missed three of its seconds, is dead. One
-- that is merely slow keeps them, and has ten.
ALTER TABLE job_worker ADD COLUMN backend int NOT NULL DEFAULT pg_backend_pid();
GRANT UPDATE (backend) ON job_worker TO nadi_worker;
