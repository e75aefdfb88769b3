import { expect, test } from 'vitest'

import { describeMachines } from './describe-machines.ts'

test('the machines are what docs/machines.md says', async () => {
  await expect(
    describeMachines(),
    'docs/machines.md is out of date; write it anew with: npx vitest run --project unit contract/machines/describe-machines.test.ts -u',
  ).toMatchFileSnapshot('../../docs/machines.md')
})
