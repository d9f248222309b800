import { dateTime, instant } from '#ports/clock.js'
import { unboxed } from '#vim25/any.js'
import { type Command, CommandError, Native, type Row } from '../command.js'

export const systemCommands: readonly Command[] = [
  {
    path: 'system.version.get',
    help: 'Shows the version of ESXi.',
    type: 'VersionGet',
    fields: 'Product,Version,Build,Update,Patch',
    formatter: 'simple',
    run: ({ host }) => {
      const product = host.config?.product
      return {
        Build: `Releasebuild-${product?.build ?? ''}`,
        Patch: '0',
        Product: product?.name ?? '',
        Update: product?.version.split('.')[2] ?? '0',
        Version: product?.version ?? '',
      }
    },
  },
  {
    path: 'system.hostname.get',
    help: "Shows the host's name and domain.",
    type: 'FullyQualifiedHostName',
    fields: 'Domain Name,Fully Qualified Domain Name,Host Name',
    formatter: 'simple',
    run: ({ host }) => {
      const dns = host.config?.network?.dnsConfig
      const [name, domain] = [dns?.hostName ?? '', dns?.domainName ?? '']
      return {
        DomainName: domain,
        FullyQualifiedDomainName: domain === '' ? name : `${name}.${domain}`,
        HostName: name,
      }
    },
  },
  {
    path: 'system.uuid.get',
    help: "Shows the system's UUID.",
    type: 'string',
    fields: '',
    formatter: 'simple',
    run: ({ host }) => new Native('string', host.hardware?.systemInfo.uuid ?? ''),
  },
  {
    path: 'system.time.get',
    help: "Shows the host's time.",
    type: 'string',
    fields: '',
    formatter: 'simple',
    run: ({ now }) => new Native('string', dateTime(Math.floor(now / 1000) * 1000)),
  },
  {
    path: 'system.stats.uptime.get',
    help: 'Shows for how many microseconds the host has been running.',
    type: 'long',
    fields: '',
    formatter: 'simple',
    run: ({ host, now }) => {
      const { bootTime } = host.runtime
      return new Native('long', bootTime === undefined ? 0 : Math.max(0, now - instant(bootTime)) * 1000)
    },
  },
  {
    path: 'system.maintenanceMode.get',
    help: 'Tells whether the host is in maintenance mode.',
    type: 'string',
    fields: '',
    formatter: 'simple',
    run: ({ host }) => new Native('string', host.runtime.inMaintenanceMode ? 'Enabled' : 'Disabled'),
  },
  {
    path: 'system.settings.advanced.list',
    help: 'Lists the advanced options.',
    type: 'SettingsAdvancedOption',
    fields: 'Path,Type,Int Value,String Value',
    formatter: 'simple',
    parameters: [{ name: 'option', aliases: '-o --option', help: 'One option, by its path.' }],
    run: ({ host, argument }) => {
      const wanted = argument('option')
      const rows = (host.config?.option ?? [])
        .map(({ key, value }): Row => {
          const plain = unboxed(value)
          const number = typeof plain === 'number' || typeof plain === 'boolean' || typeof plain === 'bigint'
          return {
            IntValue: number ? Number(plain) : 0,
            Path: `/${key.replaceAll('.', '/')}`,
            StringValue: number ? '' : String(plain),
            Type: number ? 'integer' : 'string',
          }
        })
        .filter(({ Path }) => wanted === undefined || Path === wanted)
      if (wanted !== undefined && rows.length === 0)
        throw new CommandError(`Unable to find option ${wanted.split('/').at(-1)}`)
      return rows
    },
  },
]
