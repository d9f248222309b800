import type { Fauxsphere } from '#app/fauxsphere.js'
import type { Settings } from '#app/options.js'
import { product } from '#app/product.js'
import { rootFolderFor } from '#vsphere/core/well-known.js'

/** For a terminal: where the server is, how to log in, and three lines to paste. */
export function greeting({ url, env, seed, thumbprints, sandbox }: Fauxsphere, settings: Settings): string {
  const { identity } = sandbox.services
  const curl = thumbprints ? `curl -s --cacert ${shell(env.FAUXSPHERE_CA_FILE)}` : 'curl -s'
  const base = `${url}/sdk/vim25/${identity.apiVersion}`
  const facts = [
    [
      'Login',
      `${settings.username} / ${settings.password}${settings.accounts ? '' : ' (any other will do)'}`,
    ],
    ['Docs', `${url}/docs`],
    ['Seed', seed],
    ...(thumbprints ? [['SHA-1', thumbprints.sha1] as const, ['SHA-256', thumbprints.sha256] as const] : []),
  ]
  return `
  ${product.name} ${product.version}: ${identity.kind === 'esxi' ? 'ESXi' : 'vCenter Server'} ${identity.productVersion} at ${url}/

${facts.map(([name, value]) => `  ${name?.padEnd(9)}${value}\n`).join('')}
  To paste:

  TOKEN=$(${curl} -X POST -u ${shell(`${settings.username}:${settings.password}`)} ${url}/api/session | tr -d '"')
  ${curl} -H "vmware-api-session-id: $TOKEN" ${base}/ServiceInstance/ServiceInstance/content
  ${curl} -H "vmware-api-session-id: $TOKEN" ${base}/Folder/${rootFolderFor(sandbox.services)}/childEntity

  Ctrl-C stops it.

`
}

/** For a log: one line for each fact. */
export function readyLines({ url, thumbprints }: Fauxsphere): string {
  const lines = [`${product.name} ${product.version} is ready at ${url}`]
  if (thumbprints)
    lines.push(`Certificate SHA-1 ${thumbprints.sha1}`, `Certificate SHA-256 ${thumbprints.sha256}`)
  return `${lines.join('\n')}\n`
}

function shell(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
