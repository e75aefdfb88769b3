import { sql } from 'kysely'
import type pg from 'pg'

import { turn } from '../streams/read-stream.ts'
import type { Rig } from '../rig/rig.ts'

// The first key of the advisory locks; the second one is the hold's own number.
const CLASS = 7_301

const TRIGGERS = `
  create table holds (
    hold_id integer generated always as identity primary key,
    user_id uuid not null,
    what text not null,
    moment text not null check (moment in ('write', 'commit'))
  );
  create function wait_for_holds(owner uuid, written text, now_at text) returns void language plpgsql as $$
  declare held integer;
  begin
    for held in select hold_id from holds where user_id = owner and what = written and moment = now_at loop
      perform pg_advisory_xact_lock_shared(${CLASS}, held);
    end loop;
  end $$;
  create function hold_artefact() returns trigger language plpgsql as $$
  begin
    perform wait_for_holds(user_id, new.kind, tg_argv[0]) from assignment_workspaces
      where workspace_id = new.workspace_id;
    return new;
  end $$;
  create function hold_job_artefact() returns trigger language plpgsql as $$
  begin
    perform wait_for_holds(user_id, new.kind, tg_argv[0]) from processing_jobs where job_id = new.job_id;
    return new;
  end $$;
  create function hold_submission() returns trigger language plpgsql as $$
  begin
    perform wait_for_holds(user_id, 'accepted submission', 'commit') from processing_jobs
      where job_id = new.job_id;
    return new;
  end $$;
  create function hold_workspace() returns trigger language plpgsql as $$
  begin
    perform wait_for_holds(new.user_id, 'generation ' || new.generation, 'commit');
    return new;
  end $$;
  create function hold_result() returns trigger language plpgsql as $$
  begin
    perform wait_for_holds(user_id, new.state, tg_argv[0]) from handoffs where workflow_id = new.workflow_id;
    return new;
  end $$;
  create trigger hold_write before insert on handoff_results
    for each row execute function hold_result('write');
  create constraint trigger hold_commit after insert on handoff_results deferrable initially deferred
    for each row execute function hold_result('commit');
  create trigger hold_write before insert on artefacts
    for each row execute function hold_artefact('write');
  create constraint trigger hold_commit after insert on artefacts deferrable initially deferred
    for each row execute function hold_artefact('commit');
  create trigger hold_write before insert on job_artefacts
    for each row execute function hold_job_artefact('write');
  create constraint trigger hold_commit after insert on job_artefacts deferrable initially deferred
    for each row execute function hold_job_artefact('commit');
  create constraint trigger hold_commit after insert on submissions deferrable initially deferred
    for each row execute function hold_submission();
  create constraint trigger hold_commit after insert or update on assignment_workspaces
    deferrable initially deferred for each row execute function hold_workspace();`

export interface WriteToHold {
  readonly user_id: string
  /** The kind of an artefact, `generation N` of a workspace, or `accepted submission`. */
  readonly what: string
  /** `write`: nothing is committed if the writer dies now; `commit`: all of it is, and the writer never learns. */
  readonly moment: 'write' | 'commit'
}

/** Holds chosen writes of API and worker inside the database, so that a test can end a process at that very moment. */
export class HeldWrites implements AsyncDisposable {
  readonly #rig: Rig
  readonly #holder: pg.Client
  readonly #holds: number[] = []

  private constructor(rig: Rig, holder: pg.Client) {
    this.#rig = rig
    this.#holder = holder
  }

  static async open(rig: Rig): Promise<HeldWrites> {
    await sql.raw(TRIGGERS).execute(rig.db.write)
    const holder = rig.db.connection()
    await holder.connect()
    return new HeldWrites(rig, holder)
  }

  async hold({ user_id, what, moment }: WriteToHold): Promise<void> {
    const { rows } = await this.#holder.query<{ hold_id: number }>(
      'insert into holds (user_id, what, moment) values ($1, $2, $3) returning hold_id',
      [user_id, what, moment],
    )
    for (const { hold_id } of rows) {
      await this.#holder.query('select pg_advisory_lock($1, $2)', [CLASS, hold_id])
      this.#holds.push(hold_id)
    }
  }

  /** Waits until every held write has been reached at once. */
  async reached(): Promise<void> {
    const count = `select count(distinct objid)::int as waiting from pg_locks
      where locktype = 'advisory' and classid = ${CLASS} and not granted
        and database = (select oid from pg_database where datname = current_database())`
    for (;;) {
      const { rows } = await this.#holder.query<{ waiting: number }>(count)
      if (rows[0]?.waiting === this.#holds.length) return
      await turn()
    }
  }

  /** Lets every held write go on, and waits until what a dead process left in the database is over. */
  async release(deadApplication: string): Promise<void> {
    await this.#holder.query('delete from holds')
    await this.#holder.query('select pg_advisory_unlock_all()')
    this.#holds.length = 0
    const left = sql<{ left: number }>`select count(*)::int as left from pg_stat_activity
      where datname = current_database() and application_name = ${deadApplication}`
    while ((await left.execute(this.#rig.db.write)).rows[0]?.left !== 0) await turn()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#holder.end()
  }
}
