import { describe, expect, it, vi } from 'vitest'
import type { Coverage } from '#services/coverage.js'

const printed: string[] = []
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeSync: (_fd: number, bytes: Uint8Array) => {
    // As a pipe that is nearly full: less than what was given.
    const taken = bytes.subarray(0, 60_000)
    printed.push(Buffer.from(taken).toString('latin1'))
    return taken.length
  },
}))

const { coverage } = await import('./coverage.js')

async function run(...args: string[]): Promise<string> {
  printed.length = 0
  expect(await coverage(args)).toBe(0)
  return printed.join('')
}

describe('fauxsphere coverage', () => {
  it('has a line for every operation and method', async () => {
    const text = await run()
    expect(text).toMatch(/^Automation API 8\.0\.3\.0, operations implemented: /)
    expect(text).toMatch(
      /\ncom\.vmware\.vcenter\.vm\.power\n( {2}.*\n)* {2}start +\/api implemented +\/rest implemented +json-rpc implemented\n/,
    )
    expect(text).toMatch(/\nFolder\n( {2}.*\n)* {2}CreateFolder +vi-json implemented\n/)
  })

  it('is the same for programs, of any release', async () => {
    const found = JSON.parse(await run('--json', '--vsphere', '6.7')) as Coverage
    expect(found.release).toBe('6.7')
    expect(found.automation.length).toBeGreaterThan(100)
    expect(found.viJson.length).toBeGreaterThan(500)
  })

  it('names the releases that there are', async () => {
    await expect(coverage(['--vsphere', '5.5'])).rejects.toThrow(
      "one of 6.0, 6.5, 6.7, 7.0.3, 8.0.3, not '5.5'",
    )
  })
})
