-- A job on many users names them: anonymised, they are taken out of it. What became of their accounts stays.
GRANT UPDATE (wish, unknown_users) ON bulk_job TO credit_api;
