import { sql, type Kysely } from 'kysely'

const CREATE = `
alter table llm_calls
  add column user_id uuid references accounts on delete cascade,
  add column run text,
  add column day text,
  add column state text not null default 'settled' check (state in ('reserved', 'settled', 'lost')),
  add column reserved_tokens integer not null default 0,
  add column lease_until timestamptz,
  add column cached boolean not null default false,
  add column cost_micro_usd bigint;
create index llm_calls_user on llm_calls (user_id);
create index llm_calls_reserved on llm_calls (lease_until) where state = 'reserved';

create table llm_budget_use (
  scope text primary key,
  tokens bigint not null default 0 check (tokens >= 0)
);

create table llm_budgets (
  user_id uuid primary key references accounts on delete cascade,
  tokens_per_day bigint not null check (tokens_per_day >= 0),
  updated_at timestamptz not null default now()
);

create table llm_results (
  key text primary key,
  holder uuid not null,
  lease_until timestamptz not null,
  answer jsonb,
  provider text,
  model text,
  expires_at timestamptz not null,
  created_at timestamptz not null default now()
);
create index llm_results_expiry on llm_results (expires_at);
`

const DROP = `
drop table llm_results;
drop table llm_budgets;
drop table llm_budget_use;
alter table llm_calls
  drop column user_id,
  drop column run,
  drop column day,
  drop column state,
  drop column reserved_tokens,
  drop column lease_until,
  drop column cached,
  drop column cost_micro_usd;
`

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(CREATE).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw(DROP).execute(db)
}
