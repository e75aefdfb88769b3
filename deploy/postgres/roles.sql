-- Runs once, when the data folder is empty. Temporal and Waymark share a server and nothing else.
\getenv waymark_owner_password WAYMARK_OWNER_PASSWORD
\getenv waymark_app_password WAYMARK_APP_PASSWORD
\getenv temporal_password TEMPORAL_DB_PASSWORD

-- Migrations own the tables; the API and the worker only work with the rows.
CREATE ROLE waymark LOGIN PASSWORD :'waymark_owner_password';
CREATE ROLE waymark_app LOGIN PASSWORD :'waymark_app_password';
CREATE ROLE temporal LOGIN PASSWORD :'temporal_password';

CREATE DATABASE waymark OWNER waymark;
CREATE DATABASE temporal OWNER temporal;
CREATE DATABASE temporal_visibility OWNER temporal;

REVOKE ALL ON DATABASE waymark, temporal, temporal_visibility, postgres, template1 FROM PUBLIC;
GRANT CONNECT ON DATABASE waymark TO waymark_app;

\connect waymark
GRANT USAGE ON SCHEMA public TO waymark_app;
ALTER DEFAULT PRIVILEGES FOR ROLE waymark IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO waymark_app;
ALTER DEFAULT PRIVILEGES FOR ROLE waymark IN SCHEMA public GRANT USAGE ON SEQUENCES TO waymark_app;
