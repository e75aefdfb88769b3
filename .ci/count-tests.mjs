// Prints how many tests ran, as a line of its own that any CI can read, and fails when none did.
import { readFileSync } from 'node:fs'

const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
process.stdout.write(`${passed} passed, ${failed} failed\n`)
if (passed === 0) process.exitCode = 1
