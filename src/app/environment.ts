import { renameSync, rmSync, writeFileSync } from 'node:fs'

/** Variables that tell common clients where the server is and how to log in; always all of them. */
export interface Environment {
  /** Origin only: no path, no slash at the end. */
  readonly FAUXSPHERE_URL: string
  readonly FAUXSPHERE_PID: string
  /** PEM of the authority; empty without TLS. */
  readonly FAUXSPHERE_CA_FILE: string
  /** SHA-1 of the server's certificate, as vSphere writes thumbprints; empty without TLS. */
  readonly FAUXSPHERE_THUMBPRINT: string
  readonly GOVC_URL: string
  readonly GOVC_INSECURE: string
  readonly VSPHERE_SERVER: string
  readonly VSPHERE_USER: string
  readonly VSPHERE_PASSWORD: string
  readonly VSPHERE_ALLOW_UNVERIFIED_SSL: string
}

export function environmentOf(server: {
  url: string
  pid: number
  caFile: string | undefined
  thumbprint: string | undefined
  username: string
  password: string
}): Environment {
  const { protocol, host } = new URL(server.url)
  return Object.freeze({
    FAUXSPHERE_URL: server.url,
    FAUXSPHERE_PID: String(server.pid),
    FAUXSPHERE_CA_FILE: server.caFile ?? '',
    FAUXSPHERE_THUMBPRINT: server.thumbprint ?? '',
    GOVC_URL: `${protocol}//${urlEncoded(server.username)}:${urlEncoded(server.password)}@${host}/sdk`,
    GOVC_INSECURE: '1',
    VSPHERE_SERVER: host,
    VSPHERE_USER: server.username,
    VSPHERE_PASSWORD: server.password,
    VSPHERE_ALLOW_UNVERIFIED_SSL: 'true',
  })
}

function urlEncoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** The variables as lines that a shell, dotenv readers and `node --env-file` all understand alike. */
export function dotenv(environment: Environment): string {
  return Object.entries(environment)
    .map(([name, value]) => `${name}=${quoted(value)}\n`)
    .join('')
}

function quoted(value: string): string {
  if (/^[\w./:@%+,=![\]-]*$/.test(value)) return value
  if (!value.includes("'")) return `'${value}'`
  return `"${value.replace(/["\\$`]/g, '\\$&')}"`
}

/** Writes the file at once and whole, readable by its owner alone: it holds the password. */
export function writeEnvironment(path: string, environment: Environment): void {
  const draft = `${path}.${environment.FAUXSPHERE_PID}.tmp`
  try {
    writeFileSync(draft, dotenv(environment), { mode: 0o600 })
    renameSync(draft, path)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}
