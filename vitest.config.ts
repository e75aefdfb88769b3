import { defineConfig } from 'vitest/config'

const SERVERLESS_ROOMS = [
  'contract',
  'config',
  'canvas',
  'activities',
  'workflows',
  'runs',
  'worker',
  'stack',
  'bench',
]

export default defineConfig({
  test: {
    pool: 'forks',
    // Most of a flow is waiting for its servers, so that two files share even two cores well.
    maxWorkers: 2,
    setupFiles: ['test/seed-properties.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: SERVERLESS_ROOMS.map((room) => `${room}/**/*.test.ts`),
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'flows',
          include: ['db/**/*.test.ts', 'api/**/*.test.ts', 'test/**/*.test.ts'],
          globalSetup: ['test/global-setup.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
