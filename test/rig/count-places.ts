import { sql } from 'kysely'

import type { Rig } from './rig.ts'

/** Has the database write down, at each allocation, how many workers its tenant then holds at that depth. */
export async function watchPlaces(rig: Rig): Promise<void> {
  await sql
    .raw(
      `
    create table places_seen (tenant_id text not null, depth integer not null, held bigint not null);
    create function see_places() returns trigger language plpgsql as $$
    begin
      insert into places_seen select new.tenant_id, new.depth, sum(worker_count) from allocations
        where tenant_id = new.tenant_id and depth = new.depth and released_at is null;
      return new;
    end $$;
    create trigger see_places after insert on allocations for each row execute function see_places();`,
    )
    .execute(rig.db.write)
}

/** The most workers of a depth that one tenant ever held at once. */
export async function mostPlaces(rig: Rig, depth: number): Promise<number> {
  const { rows } = await sql<{ most: number | null }>`
    select max(held)::int as most from places_seen where depth = ${depth}`.execute(rig.db.write)
  return rows[0]?.most ?? 0
}
