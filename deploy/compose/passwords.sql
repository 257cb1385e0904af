-- After roles.sql, as a superuser, by psql: the passwords come from the environment and appear nowhere else.
\getenv owner CREDIT_OWNER_PASSWORD
\getenv api CREDIT_API_PASSWORD
\getenv planner CREDIT_PLANNER_PASSWORD
\getenv worker CREDIT_WORKER_PASSWORD
\getenv operator CREDIT_OPERATOR_PASSWORD
ALTER ROLE credit_owner PASSWORD :'owner';
ALTER ROLE credit_api PASSWORD :'api';
ALTER ROLE credit_planner PASSWORD :'planner';
ALTER ROLE credit_worker PASSWORD :'worker';
ALTER ROLE credit_operator PASSWORD :'operator';
