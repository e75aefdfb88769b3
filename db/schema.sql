-- What the migrations make of an empty database; written by `node db/main.ts schema`.

CREATE OR REPLACE FUNCTION public.check_job_place()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from processing_jobs where job_id = new.parent_job_id and depth = new.depth - 1) then
    raise exception 'a job at depth % cannot stand below %', new.depth, new.parent_job_id
      using errcode = 'check_violation', constraint = 'processing_jobs_place';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION public.tally_transitions()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into tally_deltas (tenant_id, topic, from_state, to_state, count, total_ms)
  select fresh.tenant_id, fresh.machine, coalesce(fresh.from_state, ''), fresh.to_state, count(*),
         coalesce(sum(greatest(extract(epoch from fresh.at - before.at) * 1000, 0)), 0)::bigint
    from fresh left join lateral (
      select earlier.at from transitions earlier
       where earlier.machine = fresh.machine and earlier.entity_id = fresh.entity_id and earlier.seq < fresh.seq
       order by earlier.seq desc limit 1) as before on fresh.from_state is not null
   group by 1, 2, 3, 4;
  return null;
end $function$
;

create table accounts (
  created_at timestamp with time zone not null default now(),
  email text not null,
  is_platform boolean not null default false,
  password_hash text not null,
  scopes text[] not null default '{}'::text[],
  tenant_id text not null,
  user_id uuid not null,
  constraint accounts_email_key UNIQUE (email),
  constraint accounts_pkey PRIMARY KEY (user_id)
);

create table allocation_locks (
  depth integer not null,
  tenant_id text not null,
  constraint allocation_locks_pkey PRIMARY KEY (tenant_id, depth),
  constraint allocation_locks_depth_check CHECK (((depth >= 0) AND (depth <= 5)))
);

create table allocations (
  allocated_at timestamp with time zone not null default now(),
  depth integer not null,
  id text not null,
  job_id text not null,
  released_at timestamp with time zone,
  tenant_id text not null,
  worker_count integer not null,
  constraint allocations_pkey PRIMARY KEY (id),
  constraint allocations_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint allocations_depth_check CHECK (((depth >= 0) AND (depth <= 5))),
  constraint allocations_worker_count_check CHECK ((worker_count >= 1))
);
CREATE INDEX allocations_job ON public.allocations USING btree (job_id);
CREATE INDEX allocations_open ON public.allocations USING btree (tenant_id, depth) WHERE (released_at IS NULL);

create table artefacts (
  body jsonb not null,
  created_at timestamp with time zone not null default now(),
  generation integer not null,
  job_id text not null,
  kind text not null,
  provenance jsonb,
  sha256 text not null,
  workspace_id uuid not null,
  constraint artefacts_pkey PRIMARY KEY (workspace_id, generation, kind),
  constraint artefacts_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint artefacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE
);
CREATE INDEX artefacts_job ON public.artefacts USING btree (job_id);

create table assignment_workspaces (
  assignment_id text not null,
  course_id text not null,
  created_at timestamp with time zone not null default now(),
  discovery_id uuid not null,
  generation integer not null,
  job_id text not null,
  last_error jsonb,
  message text not null,
  paused boolean not null default false,
  progress integer not null default 0,
  reprocess boolean not null default false,
  stage text,
  status text not null,
  tenant_id text not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  version bigint not null default 1,
  workspace_id uuid not null,
  constraint assignment_workspaces_user_id_course_id_assignment_id_key UNIQUE (user_id, course_id, assignment_id),
  constraint assignment_workspaces_pkey PRIMARY KEY (workspace_id),
  constraint assignment_workspaces_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint assignment_workspaces_generation_check CHECK ((generation >= 1)),
  constraint assignment_workspaces_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
  constraint assignment_workspaces_status_check CHECK ((status = ANY (ARRAY['idle'::text, 'running'::text, 'ready'::text, 'failed'::text])))
);
CREATE INDEX assignment_workspaces_failed ON public.assignment_workspaces USING btree (job_id) WHERE (status = 'failed'::text);
CREATE INDEX assignment_workspaces_running ON public.assignment_workspaces USING btree (updated_at, workspace_id) WHERE (status = 'running'::text);

create table canvas_credentials (
  base_url text not null,
  created_at timestamp with time zone not null default now(),
  ct bytea not null,
  iv bytea not null,
  kek_id text not null,
  key_version integer not null,
  tag bytea not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  wrap_iv bytea not null,
  wrap_tag bytea not null,
  wrapped_dek bytea not null,
  constraint canvas_credentials_pkey PRIMARY KEY (user_id),
  constraint canvas_credentials_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE
);

create table documents (
  bytes_sha256 text,
  code text,
  created_at timestamp with time zone not null default now(),
  document_id uuid not null,
  generation integer not null,
  kind text not null,
  message text,
  name text not null,
  pages jsonb not null,
  parser text,
  "position" integer not null,
  sha256 text not null,
  status text not null,
  text text not null,
  warnings jsonb not null,
  workspace_id uuid not null,
  constraint documents_workspace_id_generation_position_key UNIQUE (workspace_id, generation, "position"),
  constraint documents_pkey PRIMARY KEY (document_id),
  constraint documents_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint documents_status_check CHECK ((status = ANY (ARRAY['read'::text, 'refused'::text])))
);

create table event_streams (
  kind text not null,
  last_seq bigint not null default 0,
  stream_id uuid not null,
  constraint event_streams_pkey PRIMARY KEY (stream_id),
  constraint event_streams_kind_check CHECK ((kind = ANY (ARRAY['assignment'::text, 'masterplan'::text, 'workflow'::text])))
);

create table events (
  at timestamp with time zone not null default clock_timestamp(),
  body jsonb not null,
  dedupe_key text not null,
  generation integer not null,
  job_id text not null,
  seq bigint not null,
  stream_id uuid not null,
  type text not null,
  constraint events_stream_id_dedupe_key_key UNIQUE (stream_id, dedupe_key),
  constraint events_pkey PRIMARY KEY (stream_id, seq),
  constraint events_stream_id_fkey FOREIGN KEY (stream_id) REFERENCES event_streams(stream_id) ON DELETE CASCADE
);

create table handoff_files (
  attempt integer not null,
  body text not null,
  path text not null,
  sha256 text not null,
  workflow_id uuid not null,
  constraint handoff_files_pkey PRIMARY KEY (workflow_id, attempt, path),
  constraint handoff_files_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES handoffs(workflow_id) ON DELETE CASCADE,
  constraint handoff_files_attempt_check CHECK ((attempt >= 1))
);

create table handoff_intents (
  body jsonb not null,
  created_at timestamp with time zone not null default now(),
  intent_id uuid not null,
  kind text not null,
  outcome jsonb,
  workflow_id uuid not null,
  constraint handoff_intents_pkey PRIMARY KEY (intent_id),
  constraint handoff_intents_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES handoffs(workflow_id) ON DELETE CASCADE,
  constraint handoff_intents_kind_check CHECK ((kind = ANY (ARRAY['advance'::text, 'request_retry'::text, 'rollback'::text])))
);
CREATE INDEX handoff_intents_workflow ON public.handoff_intents USING btree (workflow_id);

create table handoff_moves (
  at timestamp with time zone not null default clock_timestamp(),
  data jsonb not null,
  from_role text,
  from_state text not null,
  kind text not null,
  move_id uuid not null,
  notes text not null,
  "position" integer not null,
  to_role text,
  to_state text not null,
  undone_phases text[] not null default '{}'::text[],
  workflow_id uuid not null,
  constraint handoff_moves_workflow_id_position_key UNIQUE (workflow_id, "position"),
  constraint handoff_moves_pkey PRIMARY KEY (move_id),
  constraint handoff_moves_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES handoffs(workflow_id) ON DELETE CASCADE,
  constraint handoff_moves_notes_check CHECK ((length(notes) <= 500))
);

create table handoff_results (
  attempt integer not null,
  body jsonb not null,
  created_at timestamp with time zone not null default now(),
  provenance jsonb,
  result_id uuid not null,
  state text not null,
  superseded boolean not null default false,
  workflow_id uuid not null,
  constraint handoff_results_workflow_id_state_attempt_key UNIQUE (workflow_id, state, attempt),
  constraint handoff_results_pkey PRIMARY KEY (result_id),
  constraint handoff_results_workflow_id_fkey FOREIGN KEY (workflow_id) REFERENCES handoffs(workflow_id) ON DELETE CASCADE,
  constraint handoff_results_attempt_check CHECK ((attempt >= 1))
);

create table handoffs (
  autorun boolean not null,
  build_id text not null,
  completed_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  failed_state text,
  generation integer not null default 1,
  job_id text not null,
  last_error jsonb,
  masterplan_id uuid,
  metadata jsonb not null,
  project_id text not null,
  requirements jsonb not null,
  retry_count integer not null default 0,
  state text not null,
  task_id uuid,
  tenant_id text not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  version bigint not null default 1,
  workflow_id uuid not null,
  workspace_id uuid,
  workspace_path text,
  constraint handoffs_user_id_project_id_build_id_key UNIQUE (user_id, project_id, build_id),
  constraint handoffs_pkey PRIMARY KEY (workflow_id),
  constraint handoffs_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint handoffs_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES masterplans(masterplan_id) ON DELETE CASCADE,
  constraint handoffs_task_id_fkey FOREIGN KEY (task_id) REFERENCES masterplan_tasks(task_id) ON DELETE CASCADE,
  constraint handoffs_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint handoffs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint handoffs_workspace_path_check CHECK ((length(workspace_path) <= 500))
);
CREATE INDEX handoffs_job ON public.handoffs USING btree (job_id);
CREATE INDEX handoffs_masterplan ON public.handoffs USING btree (masterplan_id);
CREATE INDEX handoffs_open ON public.handoffs USING btree (updated_at, workflow_id) WHERE (state <> 'complete'::text);
CREATE INDEX handoffs_project ON public.handoffs USING btree (project_id, created_at DESC);
CREATE INDEX handoffs_task ON public.handoffs USING btree (task_id);
CREATE INDEX handoffs_workspace ON public.handoffs USING btree (workspace_id);

create table idempotency_keys (
  body jsonb,
  created_at timestamp with time zone not null default now(),
  endpoint text not null,
  expires_at timestamp with time zone not null,
  fingerprint text not null,
  headers jsonb,
  request_id uuid not null,
  status integer,
  tenant_id text not null,
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, endpoint, request_id)
);
CREATE INDEX idempotency_keys_expiry ON public.idempotency_keys USING btree (expires_at);

create table job_artefacts (
  body jsonb not null,
  created_at timestamp with time zone not null default now(),
  job_id text not null,
  kind text not null,
  provenance jsonb,
  sha256 text not null,
  constraint job_artefacts_pkey PRIMARY KEY (job_id, kind),
  constraint job_artefacts_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE
);

create table llm_budget_use (
  scope text not null,
  tokens bigint not null default 0,
  constraint llm_budget_use_pkey PRIMARY KEY (scope),
  constraint llm_budget_use_tokens_check CHECK ((tokens >= 0))
);

create table llm_budgets (
  tokens_per_day bigint not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  constraint llm_budgets_pkey PRIMARY KEY (user_id),
  constraint llm_budgets_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint llm_budgets_tokens_per_day_check CHECK ((tokens_per_day >= 0))
);

create table llm_calls (
  at timestamp with time zone not null default now(),
  cached boolean not null default false,
  cached_input_tokens integer not null default 0,
  call_id uuid not null,
  cost_micro_usd bigint,
  day text,
  duration_ms integer not null,
  failure text,
  generation integer not null,
  input_tokens integer not null,
  job_id text not null,
  lease_until timestamp with time zone,
  model text not null,
  outcome text not null,
  output_tokens integer not null,
  prompt_version text not null,
  provider text not null,
  reasoning_tokens integer not null default 0,
  reserved_tokens integer not null default 0,
  run text,
  stage text not null,
  state text not null default 'settled'::text,
  tenant_id text not null,
  user_id uuid,
  constraint llm_calls_pkey PRIMARY KEY (call_id),
  constraint llm_calls_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint llm_calls_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint llm_calls_state_check CHECK ((state = ANY (ARRAY['reserved'::text, 'settled'::text, 'lost'::text])))
);
CREATE INDEX llm_calls_job ON public.llm_calls USING btree (job_id);
CREATE INDEX llm_calls_reserved ON public.llm_calls USING btree (lease_until) WHERE (state = 'reserved'::text);
CREATE INDEX llm_calls_user ON public.llm_calls USING btree (user_id);

create table llm_results (
  answer jsonb,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  holder uuid not null,
  key text not null,
  lease_until timestamp with time zone not null,
  model text,
  provider text,
  constraint llm_results_pkey PRIMARY KEY (key)
);
CREATE INDEX llm_results_expiry ON public.llm_results USING btree (expires_at);

create table marks (
  generation integer not null,
  id text not null,
  kind text not null,
  request_id uuid,
  state text not null,
  updated_at timestamp with time zone not null default now(),
  version bigint not null,
  workspace_id uuid not null,
  constraint marks_pkey PRIMARY KEY (workspace_id, kind, id),
  constraint marks_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint marks_kind_check CHECK ((kind = ANY (ARRAY['milestone'::text, 'task'::text]))),
  constraint marks_state_check CHECK ((state = ANY (ARRAY['todo'::text, 'doing'::text, 'done'::text])))
);

create table masterplan_files (
  bytes integer not null,
  masterplan_id uuid not null,
  path text not null,
  sha256 text not null,
  task_id uuid not null,
  written_at timestamp with time zone not null default now(),
  constraint masterplan_files_pkey PRIMARY KEY (masterplan_id, path),
  constraint masterplan_files_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES masterplans(masterplan_id) ON DELETE CASCADE,
  constraint masterplan_files_task_id_fkey FOREIGN KEY (task_id) REFERENCES masterplan_tasks(task_id) ON DELETE CASCADE
);
CREATE INDEX masterplan_files_task ON public.masterplan_files USING btree (task_id);

create table masterplan_milestones (
  depends_on_milestones uuid[] not null,
  description text not null,
  masterplan_id uuid not null,
  milestone_id uuid not null,
  milestone_number integer not null,
  name text not null,
  phase_id uuid not null,
  slug text not null,
  constraint masterplan_milestones_masterplan_id_milestone_number_key UNIQUE (masterplan_id, milestone_number),
  constraint masterplan_milestones_masterplan_id_slug_key UNIQUE (masterplan_id, slug),
  constraint masterplan_milestones_pkey PRIMARY KEY (milestone_id),
  constraint masterplan_milestones_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES masterplans(masterplan_id) ON DELETE CASCADE,
  constraint masterplan_milestones_phase_id_fkey FOREIGN KEY (phase_id) REFERENCES masterplan_phases(phase_id) ON DELETE CASCADE
);
CREATE INDEX masterplan_milestones_phase ON public.masterplan_milestones USING btree (phase_id);

create table masterplan_phases (
  description text not null,
  masterplan_id uuid not null,
  name text not null,
  phase_id uuid not null,
  phase_number integer not null,
  phase_type text not null,
  constraint masterplan_phases_masterplan_id_phase_number_key UNIQUE (masterplan_id, phase_number),
  constraint masterplan_phases_pkey PRIMARY KEY (phase_id),
  constraint masterplan_phases_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES masterplans(masterplan_id) ON DELETE CASCADE,
  constraint masterplan_phases_phase_type_check CHECK ((phase_type = ANY (ARRAY['setup'::text, 'core'::text, 'polish'::text])))
);

create table masterplan_tasks (
  attempt integer not null default 0,
  blocked_by uuid[] not null default '{}'::uuid[],
  completed_at timestamp with time zone,
  complexity text not null,
  deliverable text not null,
  depends_on_tasks uuid[] not null,
  description text not null,
  estimated_minutes integer,
  failed_at timestamp with time zone,
  job_id text,
  last_error jsonb,
  manual_retries integer not null default 0,
  masterplan_id uuid not null,
  max_retries integer not null default 1,
  milestone_id uuid not null,
  modified_files text[] not null default '{}'::text[],
  name text not null,
  phase_id uuid not null,
  retry_count integer not null default 0,
  slug text not null,
  started_at timestamp with time zone,
  status text not null,
  target_files text[] not null,
  task_id uuid not null,
  task_number integer not null,
  task_type text not null,
  updated_at timestamp with time zone not null default now(),
  validation jsonb not null,
  validation_errors text[] not null default '{}'::text[],
  validation_passed boolean,
  workflow_id uuid,
  constraint masterplan_tasks_masterplan_id_slug_key UNIQUE (masterplan_id, slug),
  constraint masterplan_tasks_masterplan_id_task_number_key UNIQUE (masterplan_id, task_number),
  constraint masterplan_tasks_pkey PRIMARY KEY (task_id),
  constraint masterplan_tasks_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE SET NULL,
  constraint masterplan_tasks_masterplan_id_fkey FOREIGN KEY (masterplan_id) REFERENCES masterplans(masterplan_id) ON DELETE CASCADE,
  constraint masterplan_tasks_milestone_id_fkey FOREIGN KEY (milestone_id) REFERENCES masterplan_milestones(milestone_id) ON DELETE CASCADE,
  constraint masterplan_tasks_phase_id_fkey FOREIGN KEY (phase_id) REFERENCES masterplan_phases(phase_id) ON DELETE CASCADE,
  constraint masterplan_tasks_complexity_check CHECK ((complexity = ANY (ARRAY['low'::text, 'medium'::text, 'high'::text, 'critical'::text]))),
  constraint masterplan_tasks_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'ready'::text, 'in_progress'::text, 'validating'::text, 'completed'::text, 'failed'::text, 'blocked'::text, 'skipped'::text])))
);
CREATE INDEX masterplan_tasks_job ON public.masterplan_tasks USING btree (job_id);
CREATE INDEX masterplan_tasks_milestone ON public.masterplan_tasks USING btree (milestone_id);
CREATE INDEX masterplan_tasks_phase ON public.masterplan_tasks USING btree (phase_id);

create table masterplans (
  approved_by uuid,
  artifact_id uuid,
  blocked_tasks integer not null default 0,
  completed_at timestamp with time zone,
  completed_tasks integer not null default 0,
  created_at timestamp with time zone not null default now(),
  description text not null,
  discovery_id uuid not null,
  estimated_minutes integer not null,
  failed_tasks integer not null default 0,
  generation integer not null,
  genre text not null,
  job_id text not null,
  last_error jsonb,
  masterplan_id uuid not null,
  project_name text not null,
  rejection_reason text,
  session_id text,
  skipped_tasks integer not null default 0,
  slug text not null,
  started_at timestamp with time zone,
  status text not null,
  tenant_id text not null,
  total_tasks integer not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  version bigint not null default 1,
  workspace_id uuid not null,
  workspace_path text,
  constraint masterplans_pkey PRIMARY KEY (masterplan_id),
  constraint masterplans_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint masterplans_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint masterplans_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint masterplans_generation_check CHECK ((generation >= 1)),
  constraint masterplans_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'approved'::text, 'rejected'::text, 'in_progress'::text, 'paused'::text, 'completed'::text, 'failed'::text, 'cancelled'::text]))),
  constraint masterplans_total_tasks_check CHECK ((total_tasks >= 0)),
  constraint masterplans_workspace_path_check CHECK ((length(workspace_path) <= 500))
);
CREATE INDEX masterplans_failed ON public.masterplans USING btree (job_id) WHERE (status = 'failed'::text);
CREATE INDEX masterplans_job ON public.masterplans USING btree (job_id);
CREATE UNIQUE INDEX masterplans_one_open ON public.masterplans USING btree (workspace_id, generation) WHERE (status <> ALL (ARRAY['rejected'::text, 'cancelled'::text]));
CREATE INDEX masterplans_open ON public.masterplans USING btree (updated_at, masterplan_id) WHERE (status = ANY (ARRAY['draft'::text, 'approved'::text, 'in_progress'::text, 'paused'::text]));
CREATE UNIQUE INDEX masterplans_path ON public.masterplans USING btree (workspace_path);
CREATE INDEX masterplans_user ON public.masterplans USING btree (user_id, created_at DESC, masterplan_id);
CREATE INDEX masterplans_workspace ON public.masterplans USING btree (workspace_id, created_at DESC);

create table processing_jobs (
  attempt integer not null default 1,
  completed_at timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  depth integer not null,
  error jsonb,
  generation integer not null default 1,
  job_id text not null,
  kind text not null,
  parent_job_id text,
  progress integer not null default 0,
  result jsonb,
  retry_of text,
  stage text,
  started_at timestamp with time zone,
  status text not null,
  subject_id uuid,
  superseded boolean not null default false,
  temporal_workflow_id text,
  tenant_id text not null,
  updated_at timestamp with time zone not null default now(),
  user_id uuid not null,
  workspace_id uuid,
  constraint processing_jobs_pkey PRIMARY KEY (job_id),
  constraint processing_jobs_parent_job_id_fkey FOREIGN KEY (parent_job_id) REFERENCES processing_jobs(job_id) ON DELETE SET NULL,
  constraint processing_jobs_retry_of_fkey FOREIGN KEY (retry_of) REFERENCES processing_jobs(job_id) ON DELETE SET NULL,
  constraint processing_jobs_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE,
  constraint processing_jobs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint processing_jobs_depth_check CHECK (((depth >= 0) AND (depth <= 5))),
  constraint processing_jobs_kind_check CHECK ((kind = ANY (ARRAY['assignment'::text, 'plan'::text, 'milestone_feedback'::text, 'assignment_feedback'::text, 'masterplan'::text, 'milestone'::text, 'task'::text, 'workflow'::text, 'phase'::text, 'submitted'::text]))),
  constraint processing_jobs_progress_check CHECK (((progress >= 0) AND (progress <= 100))),
  constraint processing_jobs_status_check CHECK ((status = ANY (ARRAY['SUBMITTED'::text, 'PENDING'::text, 'RUNNING'::text, 'COMPLETED'::text, 'FAILED'::text, 'CANCELED'::text])))
);
CREATE INDEX processing_jobs_failed ON public.processing_jobs USING btree (updated_at) WHERE (status = 'FAILED'::text);
CREATE INDEX processing_jobs_newest ON public.processing_jobs USING btree (created_at DESC, job_id);
CREATE INDEX processing_jobs_parent ON public.processing_jobs USING btree (parent_job_id);
CREATE INDEX processing_jobs_retry ON public.processing_jobs USING btree (retry_of);
CREATE INDEX processing_jobs_subject ON public.processing_jobs USING btree (subject_id) WHERE (subject_id IS NOT NULL);
CREATE INDEX processing_jobs_submitted_open ON public.processing_jobs USING btree (updated_at, job_id) WHERE ((kind = 'submitted'::text) AND (status = ANY (ARRAY['SUBMITTED'::text, 'PENDING'::text, 'RUNNING'::text])));
CREATE INDEX processing_jobs_tenant ON public.processing_jobs USING btree (tenant_id, created_at DESC);
CREATE INDEX processing_jobs_user ON public.processing_jobs USING btree (user_id);
CREATE INDEX processing_jobs_waiting ON public.processing_jobs USING btree (created_at) WHERE (status = 'PENDING'::text);
CREATE INDEX processing_jobs_workspace ON public.processing_jobs USING btree (workspace_id, generation);
CREATE TRIGGER processing_jobs_place BEFORE INSERT OR UPDATE OF parent_job_id, depth ON public.processing_jobs FOR EACH ROW WHEN ((new.parent_job_id IS NOT NULL)) EXECUTE FUNCTION check_job_place();

create table rate_limits (
  clear_at_us bigint not null,
  key text not null,
  constraint rate_limits_pkey PRIMARY KEY (key)
);
CREATE INDEX rate_limits_clear ON public.rate_limits USING btree (clear_at_us);

create table reasons (
  created_at timestamp with time zone not null default now(),
  job_id text,
  reason_id uuid not null,
  text text not null,
  workspace_id uuid,
  constraint reasons_pkey PRIMARY KEY (reason_id),
  constraint reasons_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint reasons_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint reasons_check CHECK ((num_nonnulls(workspace_id, job_id) = 1))
);
CREATE INDEX reasons_job ON public.reasons USING btree (job_id);
CREATE INDEX reasons_workspace ON public.reasons USING btree (workspace_id);

create table refresh_tokens (
  expires_at timestamp with time zone not null,
  family_id uuid not null,
  issued_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  token_hash bytea not null,
  used_at timestamp with time zone,
  user_id uuid not null,
  constraint refresh_tokens_pkey PRIMARY KEY (token_hash),
  constraint refresh_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE
);
CREATE INDEX refresh_tokens_family ON public.refresh_tokens USING btree (family_id);
CREATE INDEX refresh_tokens_user ON public.refresh_tokens USING btree (user_id);

create table stream_tickets (
  expires_at timestamp with time zone not null,
  tenant_id text not null,
  ticket_hash bytea not null,
  token_expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  user_id uuid not null,
  constraint stream_tickets_pkey PRIMARY KEY (ticket_hash),
  constraint stream_tickets_user_id_fkey FOREIGN KEY (user_id) REFERENCES accounts(user_id) ON DELETE CASCADE
);
CREATE INDEX stream_tickets_expiry ON public.stream_tickets USING btree (expires_at);
CREATE INDEX stream_tickets_user ON public.stream_tickets USING btree (user_id);

create table submissions (
  content_type text,
  created_at timestamp with time zone not null default now(),
  file bytea,
  file_bytes integer,
  file_kind text,
  job_id text not null,
  name text not null,
  pages jsonb not null default '[]'::jsonb,
  request_id uuid,
  sha256 text,
  submission_id uuid not null,
  target_id text not null,
  target_type text not null,
  text text,
  workspace_id uuid not null,
  constraint submissions_job_id_key UNIQUE (job_id),
  constraint submissions_pkey PRIMARY KEY (submission_id),
  constraint submissions_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint submissions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES assignment_workspaces(workspace_id) ON DELETE CASCADE,
  constraint submissions_check CHECK (((file IS NOT NULL) OR (text IS NOT NULL))),
  constraint submissions_target_type_check CHECK ((target_type = ANY (ARRAY['milestone'::text, 'assignment'::text])))
);
CREATE INDEX submissions_workspace ON public.submissions USING btree (workspace_id);

create table submitted_jobs (
  is_split boolean not null,
  job_id text not null,
  metadata jsonb not null,
  "position" integer not null,
  request_id uuid,
  root_job_id text not null,
  task_description text not null,
  worker_count integer not null,
  constraint submitted_jobs_pkey PRIMARY KEY (job_id),
  constraint submitted_jobs_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint submitted_jobs_task_description_check CHECK (((length(task_description) >= 1) AND (length(task_description) <= 4096))),
  constraint submitted_jobs_worker_count_check CHECK (((worker_count >= 1) AND (worker_count <= 1000)))
);
CREATE INDEX submitted_jobs_request ON public.submitted_jobs USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX submitted_jobs_root ON public.submitted_jobs USING btree (root_job_id);

create table tallies (
  count bigint not null,
  from_state text not null,
  tenant_id text not null,
  to_state text not null,
  topic text not null,
  total_ms bigint not null,
  constraint tallies_pkey PRIMARY KEY (tenant_id, topic, from_state, to_state)
);

create table tally_deltas (
  count bigint not null default 1,
  delta_id bigint not null generated always as identity,
  from_state text not null default ''::text,
  tenant_id text not null,
  to_state text not null,
  topic text not null,
  total_ms bigint not null default 0,
  constraint tally_deltas_pkey PRIMARY KEY (delta_id)
);
CREATE INDEX tally_deltas_tenant ON public.tally_deltas USING btree (tenant_id);

create table tenant_quotas (
  depth integer not null,
  max_concurrent_jobs integer not null,
  max_workers integer not null,
  tenant_id text not null,
  updated_at timestamp with time zone not null default now(),
  constraint tenant_quotas_pkey PRIMARY KEY (tenant_id, depth),
  constraint tenant_quotas_depth_check CHECK (((depth >= 0) AND (depth <= 5))),
  constraint tenant_quotas_max_concurrent_jobs_check CHECK ((max_concurrent_jobs >= 1)),
  constraint tenant_quotas_max_workers_check CHECK ((max_workers >= 1))
);

create table transitions (
  actor_id text not null,
  actor_type text not null,
  at timestamp with time zone not null default clock_timestamp(),
  entity_id text not null,
  from_state text,
  kind text not null,
  machine text not null,
  reason text,
  request_id uuid,
  seq bigint not null generated always as identity,
  tenant_id text not null,
  to_state text not null,
  wish text,
  constraint transitions_pkey PRIMARY KEY (seq),
  constraint transitions_actor_type_check CHECK ((actor_type = ANY (ARRAY['user'::text, 'operator'::text, 'role'::text, 'system'::text]))),
  constraint transitions_kind_check CHECK ((kind = ANY (ARRAY['create'::text, 'advance'::text, 'ack'::text, 'retry'::text, 'rollback'::text, 'fail'::text, 'recover'::text, 'operator'::text, 'reprocess'::text])))
);
CREATE INDEX transitions_entity ON public.transitions USING btree (machine, entity_id, seq DESC);
CREATE TRIGGER transitions_tally AFTER INSERT ON public.transitions REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION tally_transitions();

create table workers (
  cpu_percent real,
  created_at timestamp with time zone not null default now(),
  job_id text not null,
  memory_mb real,
  process_id text,
  status text not null,
  tenant_id text not null,
  updated_at timestamp with time zone not null default now(),
  worker_id text not null,
  constraint workers_pkey PRIMARY KEY (worker_id),
  constraint workers_job_id_fkey FOREIGN KEY (job_id) REFERENCES processing_jobs(job_id) ON DELETE CASCADE,
  constraint workers_cpu_percent_check CHECK ((cpu_percent >= (0)::double precision)),
  constraint workers_memory_mb_check CHECK ((memory_mb >= (0)::double precision)),
  constraint workers_status_check CHECK ((status = ANY (ARRAY['IDLE'::text, 'RUNNING'::text, 'PAUSED'::text, 'COMPLETED'::text, 'FAILED'::text, 'TERMINATED'::text])))
);
CREATE INDEX workers_job ON public.workers USING btree (job_id, created_at DESC);
CREATE INDEX workers_measured ON public.workers USING btree (tenant_id) WHERE (cpu_percent IS NOT NULL);
CREATE INDEX workers_newest ON public.workers USING btree (created_at DESC, worker_id);
CREATE UNIQUE INDEX workers_one_open ON public.workers USING btree (job_id) WHERE (status = ANY (ARRAY['IDLE'::text, 'RUNNING'::text, 'PAUSED'::text]));
CREATE INDEX workers_status ON public.workers USING btree (status, created_at DESC, worker_id);
CREATE INDEX workers_tenant ON public.workers USING btree (tenant_id, created_at DESC, worker_id);
CREATE INDEX workers_tenant_status ON public.workers USING btree (tenant_id, status, created_at DESC, worker_id);
