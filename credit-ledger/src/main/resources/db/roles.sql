-- Run once per cluster and database, as a superuser, connected to the service's database, before the first migration.
-- The roles get no password here: set one (ALTER ROLE … PASSWORD …) or use the authentication of your platform.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['credit_owner', 'credit_planner', 'credit_worker', 'credit_api', 'credit_operator']
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END
$$;

-- credit_owner runs the migrations and owns what they make; the others own nothing.
GRANT USAGE, CREATE ON SCHEMA public TO credit_owner;
