import type { ReleaseDecision } from '../../../roles/role-output.ts'
import type { RoleInput } from '../../../roles/role-input.ts'
import { findReleaseFaults } from '../../../roles/pre-check.ts'

/** Decides by code whether the files may be written: where the approval stands and they are what was approved. */
export function releaseOffline(input: RoleInput): ReleaseDecision {
  const [fault] = findReleaseFaults(input)
  const { files } = input
  return fault === undefined
    ? {
        release: true,
        note: `Approved, and ${files.length === 1 ? 'the file is' : `all ${files.length} files are`} as it was tested.`,
      }
    : { release: false, note: fault }
}
