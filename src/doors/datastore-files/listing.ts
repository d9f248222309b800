import type { Sandbox } from '#vsphere/core/sandbox.js'
import { directoriesIn, filesIn } from '#vsphere/datastore/files.js'
import { nameOf, type Place } from '#vsphere/datastore/paths.js'
import { ancestors, datacenterOf } from '#vsphere/managed-entity/entity.js'

interface Row {
  readonly name: string
  readonly href: string
  readonly modified?: string | undefined
  readonly size?: number | undefined
}

/** The page at /folder itself: the datacenters. `may`: what the caller may see. */
export function datacentersPage({ inventory: { read } }: Sandbox, may: (id: string) => boolean): string {
  const rows = [...read.ids('Datacenter')].filter(may).map((id) => {
    const path = inventoryPath(read, id)
    return { name: path, href: `/folder?${query({ dcPath: path })}` }
  })
  return page('Datacenters', rows)
}

/** The datastores of a datacenter. */
export function datastoresPage(
  { inventory: { read } }: Sandbox,
  datacenter: string,
  may: (id: string) => boolean,
): string {
  const dcPath = inventoryPath(read, datacenter)
  const rows = [...read.ids('Datastore')]
    .filter((id) => datacenterOf(read, id) === datacenter && may(id))
    .map((id) => {
      const { name, summary } = read.get('Datastore', id)
      return { name, href: `/folder?${query({ dcPath, dsName: name })}`, size: Number(summary.capacity) }
    })
  return page(`Datastores in ${dcPath}`, rows, '/folder')
}

/** What is in a directory of a datastore. */
export function directoryPage({ inventory: { read } }: Sandbox, { datastore, path }: Place): string {
  const { name } = read.get('Datastore', datastore)
  const dcPath = inventoryPath(read, datacenterOf(read, datastore) ?? '')
  const link = (to: string) =>
    `/folder/${to.split('/').map(encodeURIComponent).join('/')}?${query({ dcPath, dsName: name })}`
  const below = path === '' ? '' : `${path}/`
  const rows: Row[] = [
    ...directoriesIn(read, datastore, path).map((directory) => ({
      name: `${nameOf(directory)}/`,
      href: link(`${directory}/`),
    })),
    ...filesIn(read, datastore, path).map((file) => ({
      name: file.name,
      href: link(`${below}${file.name}`),
      modified: file.modified,
      size: file.size,
    })),
  ]
  const up = path === '' ? `/folder?${query({ dcPath })}` : link(path.replace(/[^/]+$/, ''))
  return page(`Index of [${name}] ${path}`, rows, up)
}

/** Names from below the root folder on, as dcPath has them. */
function inventoryPath(read: Sandbox['inventory']['read'], id: string): string {
  const above = [...ancestors(read, id)].slice(0, -1)
  return [id, ...above]
    .reverse()
    .map((each) => read.get('ManagedEntity', each).name)
    .join('/')
}

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString()

function page(title: string, rows: readonly Row[], up?: string): string {
  const sorted = [...rows].sort((a, b) => (a.name < b.name ? -1 : 1))
  const lines = sorted.map(
    ({ name, href, modified = '', size = '' }) =>
      `<tr><td><a href="${html(href)}">${html(name)}</a></td><td>${html(modified)}</td><td>${size}</td></tr>`,
  )
  const parent = up === undefined ? '' : `<tr><td><a href="${html(up)}">Parent Directory</a></td></tr>\n`
  return `<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>${html(title)}</title></head>
<body><h1>${html(title)}</h1>
<table><tr><th>Name</th><th>Last modified</th><th>Size</th></tr>
${parent}${lines.join('\n')}
</table></body></html>
`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const html = (text: string) => text.replace(/[&<>"']/g, (each) => ESCAPES[each] ?? each)
