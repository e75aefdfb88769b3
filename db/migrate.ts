import { Migrator } from 'kysely/migration'

import { MIGRATIONS } from './migrations/index.ts'
import type { WriteDb } from './open.ts'

/** A migration that could not be carried out; `cause` says why. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError'
}

function createMigrator(db: WriteDb): Migrator {
  return new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } })
}

type Outcome = Awaited<ReturnType<Migrator['migrateToLatest']>>

function namesOf({ results = [], error }: Outcome): readonly string[] {
  const failed = results.find((result) => result.status === 'Error')
  if (error !== undefined) {
    const what =
      failed === undefined ? 'The migrations could not be run' : `Migration ${failed.migrationName} failed`
    throw new MigrationError(`${what}; nothing of it was kept`, { cause: error })
  }
  return results.map((result) => result.migrationName)
}

/** Brings the database up to date under a lock; the names of what was run, empty when nothing was due. */
export async function migrateUp(db: WriteDb): Promise<readonly string[]> {
  return namesOf(await createMigrator(db).migrateToLatest())
}

/** Takes back the newest migration; its name, or nothing when none is left. Throws MigrationError. */
export async function migrateDown(db: WriteDb): Promise<readonly string[]> {
  return namesOf(await createMigrator(db).migrateDown())
}

/** Names of migrations that this database has not had yet. */
export async function pendingMigrations(db: WriteDb): Promise<readonly string[]> {
  const known = await createMigrator(db).getMigrations()
  return known.filter((migration) => migration.executedAt === undefined).map((migration) => migration.name)
}
