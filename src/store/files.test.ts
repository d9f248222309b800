import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { machineFiles } from './files.js'

describe('making a directory', () => {
  let home = ''
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'fauxsphere-files-'))
  })
  afterEach(() => rmSync(home, { recursive: true, force: true }))

  it('makes its parents, for the owner alone', async () => {
    await machineFiles.makeDirectory(join(home, 'a', 'b'))
    expect(statSync(join(home, 'a', 'b')).mode & 0o777).toBe(0o700)
    await machineFiles.makeDirectory(join(home, 'a', 'b'))
  })

  it('fails below a file', async () => {
    writeFileSync(join(home, 'file'), '')
    await expect(machineFiles.makeDirectory(join(home, 'file', 'a'))).rejects.toThrow('ENOTDIR')
    await expect(machineFiles.makeDirectory(join(home, 'file'))).rejects.toThrow('EEXIST')
  })

  it.runIf(process.platform === 'linux')(
    'fails where nothing can be made, instead of trying for ever',
    async () => {
      await expect(machineFiles.makeDirectory('/proc/fauxsphere/data')).rejects.toThrow('ENOENT')
    },
  )
})
