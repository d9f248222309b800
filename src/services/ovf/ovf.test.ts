import { describe, expect, it } from 'vitest'
import type { VcenterOvfLibraryItemResourcePoolDeploymentSpec as DeploymentSpec } from '#vapi/generated/types.js'
import { fileAt } from '#vsphere/datastore/files.js'
import { readDescriptor } from '#vsphere/ovf/descriptor.js'
import { CARD, CPU, DISK, descriptor, MEMORY, SCSI } from '#vsphere/ovf/testing.js'
import { bytesOf, textOf } from '../blobs/bytes.js'
import { filesOf } from '../content-library/items.js'
import { ITEM } from '../content-library/testing.js'
import { createOvfLab, OVF_ITEM, type OvfLab } from './testing.js'

const CLASS = 'com.vmware.vcenter.ovf.'

const deploy = (lab: OvfLab, item: string, spec: Partial<DeploymentSpec> = {}, target: object = {}) =>
  lab.invoke(OVF_ITEM, 'deploy', {
    ovf_library_item_id: item,
    target: { resource_pool_id: lab.pool.value, ...target },
    deployment_spec: { name: 'vm', accept_all_EULA: true, ...spec },
  })

const vms = (lab: OvfLab) => [...lab.sandbox.inventory.read.ids('VirtualMachine')]

describe('filter', () => {
  it('says what a package is and what of it can be chosen', async () => {
    const lab = createOvfLab()
    const groups = '<vmw:StorageGroupSection vmw:id="fast" vmw:name="Fast"><Info/></vmw:StorageGroupSection>'
    const sections =
      '<EulaSection><Info/><License>Be nice</License></EulaSection><x:FooSection xmlns:x="urn:x" ovf:required="false"><Info>foo</Info></x:FooSection>'
    const item = await lab.package(descriptor({ envelope: groups, sections }))
    const summary = await lab.invoke(OVF_ITEM, 'filter', {
      ovf_library_item_id: item,
      target: { resource_pool_id: lab.pool.value },
    })
    expect(summary).toMatchObject({
      name: 'The VM',
      annotation: 'Read me',
      EULAs: ['Be nice'],
      networks: ['nat'],
      storage_groups: ['fast'],
    })
    const params = Object.fromEntries((summary.additional_params ?? []).map((each) => [each.type, each]))
    expect(params.DeploymentOptionParams).toMatchObject({
      '@class': `${CLASS}deployment_option_params`,
      selected_key: 'small',
      deployment_options: [
        { key: 'small', default_choice: true },
        { key: 'big', default_choice: false },
      ],
    })
    expect(params.PropertyParams).toMatchObject({
      properties: [
        { class_id: 'app', id: 'host', type: 'string(1..20)', value: 'me', category: 'Network' },
        { id: 'mode' },
        { id: 'port' },
        { id: 'secret' },
      ],
    })
    expect(params.SizeParams).toMatchObject({
      approximate_download_size: 1000,
      approximate_flat_deployment_size: 9 * 2 ** 30,
      variable_disk_size: false,
    })
    expect(params.UnknownSectionParams).toMatchObject({
      unknown_sections: [{ tag: '{urn:x}FooSection', info: 'foo' }],
    })
    expect(params.ExtraConfigParams).toMatchObject({ extra_configs: [{ key: 'guestinfo.a', value: 'b' }] })
    expect(params.IpAllocationParams).toMatchObject({ ip_protocol: 'IPV4' })
  })

  it('refuses what is no package, and places that are none', async () => {
    const lab = createOvfLab()
    const target = { resource_pool_id: lab.pool.value }
    const error = async (ovf_library_item_id: string, at: object = target) =>
      (await lab.error(OVF_ITEM, 'filter', { ovf_library_item_id, target: at })).type
    const library = await lab.library()
    expect(await error(await lab.filled(library, 'iso', { 'a.iso': 'x' }))).toBe('INVALID_ARGUMENT')
    expect(await error(await lab.package('<Envelope><References/></Envelope>', {}))).toBe('INVALID_ARGUMENT')
    expect(await error('5b2ce3ba-2d6f-4b8c-9d3f-000000000000')).toBe('NOT_FOUND')
    const item = await lab.package()
    expect(await error(item, { resource_pool_id: 'resgroup-0' })).toBe('NOT_FOUND')
    expect(await error(item, { ...target, host_id: 'host-0' })).toBe('NOT_FOUND')
    expect(await error(item, { ...target, folder_id: 'group-v0' })).toBe('NOT_FOUND')
  })
})

describe('deploy', () => {
  it('makes the VM with devices, properties and networks, as an import does', async () => {
    const lab = createOvfLab()
    const item = await lab.package()
    lab.newEvents()
    const [network = ''] = [...lab.sandbox.inventory.read.ids('Network')]
    const result = await deploy(lab, item, {
      annotation: 'mine',
      storage_provisioning: 'thin',
      network_mappings: { nat: network },
      default_datastore_id: lab.datastore,
      additional_parameters: [
        { '@class': `${CLASS}deployment_option_params`, type: 'DeploymentOptionParams', selected_key: 'big' },
        {
          '@class': `${CLASS}property_params`,
          type: 'PropertyParams',
          // As govmomi sends it: with fields of other structures.
          selected_key: 'big',
          properties: [{ class_id: 'app', id: 'host', instance_id: '', value: 'web' }],
        },
        {
          '@class': `${CLASS}extra_config_params`,
          type: 'ExtraConfigParams',
          extra_configs: [{ key: 'guestinfo.c', value: 'd' }],
          exclude_keys: ['guestinfo.a'],
        },
        {
          '@class': `${CLASS}ip_allocation_params`,
          type: 'IpAllocationParams',
          ip_allocation_policy: 'DHCP',
        },
      ],
    })
    const [vm = ''] = vms(lab)
    expect(result).toEqual({ succeeded: true, resource_id: { type: 'VirtualMachine', id: vm } })
    expect(lab.newEvents()).toEqual(expect.arrayContaining(['TaskEvent', 'VmCreatedEvent']))
    const config = lab.config(vm)
    expect(config).toMatchObject({
      name: 'vm',
      annotation: 'mine',
      hardware: { numCPU: 4, memoryMB: 4096 },
      vAppConfig: { ipAssignment: { ipAllocationPolicy: 'dhcpPolicy' } },
    })
    expect(config.vAppConfig?.property?.[0]).toMatchObject({
      id: 'host',
      value: 'web',
      defaultValue: 'big-me',
    })
    const options = new Map(config.extraConfig?.map(({ key, value }) => [key, value]))
    expect([options.get('guestinfo.c'), options.has('guestinfo.a')]).toEqual([
      { _typeName: 'string', _value: 'd' },
      false,
    ])
    const { read } = lab.sandbox.inventory
    const [, vmdk] = filesOf(read, item)
    expect(fileAt(read, lab.datastore, 'vm/vm.vmdk')?.disk).toMatchObject({
      capacity: 8 * 2 ** 30,
      thin: true,
      stream: { blob: vmdk?.blob, size: 8 },
    })
    const tasks = [...read.ids('Task')].map((id) => read.get('Task', id).info)
    expect(tasks).toMatchObject([{ descriptionId: 'ResourcePool.ImportVAppLRO', state: 'success' }])
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').error).toBeUndefined()
    lab.expectValid('VirtualMachine', vm)
  })

  it('puts the machine and its disks where their storage groups are mapped to', async () => {
    const lab = createOvfLab()
    const text = descriptor({
      hardware: [CPU(1), MEMORY(64), SCSI(), DISK('vmdisk1', 4), DISK('vmdisk2', 5, 1)]
        .join('')
        .replace(/(vmdisk2.*?)<\/Item>/, '$1<vmw:StorageGroup>slow</vmw:StorageGroup></Item>'),
      envelope: '<vmw:StorageGroupSection vmw:id="slow" vmw:name="Slow"><Info/></vmw:StorageGroupSection>',
    })
    const item = await lab.package(text)
    const other = [...lab.sandbox.inventory.read.ids('Datastore')].find((id) => id !== lab.datastore)
    const datastore = other ?? lab.datastore
    const name = lab.get<string>('Datastore', datastore, 'name')
    const result = await deploy(lab, item, {
      default_datastore_id: lab.datastore,
      storage_provisioning: 'thin',
      storage_mappings: { slow: { type: 'DATASTORE', datastore_id: datastore } },
    })
    expect(result.succeeded).toBe(true)
    const disks = lab
      .config(vms(lab)[0] ?? '')
      .hardware.device?.filter(({ _typeName }) => _typeName === 'VirtualDisk')
    expect(disks).toMatchObject([
      { backing: { fileName: '[nfs] vm/vm.vmdk' } },
      { backing: { fileName: expect.stringContaining(`[${name}] `) } },
    ])
  })

  it('finds a datastore where none is named, and is done once per client token', async () => {
    const lab = createOvfLab()
    const item = await lab.package()
    const again = () =>
      lab.invoke(OVF_ITEM, 'deploy', {
        client_token: 'once',
        ovf_library_item_id: item,
        target: { resource_pool_id: lab.pool.value },
        deployment_spec: { accept_all_EULA: true },
      })
    const result = await again()
    expect(result).toMatchObject({ succeeded: true })
    expect(await again()).toEqual(result)
    expect(vms(lab).map((id) => lab.config(id).name)).toEqual(['The VM'])
    lab.sandbox.clock.advance(60 * 60 * 1000)
    expect(await again()).toMatchObject({ succeeded: false })
  })

  it('tells in its result what went wrong, and leaves nothing', async () => {
    const lab = createOvfLab()
    const entries = async (item: string, spec: Partial<DeploymentSpec> = {}, target: object = {}) => {
      const before = vms(lab)
      const { succeeded, error, resource_id } = await deploy(lab, item, spec, target)
      expect([succeeded, resource_id, vms(lab)]).toEqual([false, undefined, before])
      return error?.errors
    }
    const eula = '<EulaSection><Info/><License>Be nice</License></EulaSection>'
    const licensed = await lab.package(descriptor({ sections: eula }))
    expect(await entries(licensed, { accept_all_EULA: false })).toMatchObject([
      { category: 'INPUT', name: 'accept_all_EULA' },
    ])
    const item = await lab.package()
    const [network = ''] = [...lab.sandbox.inventory.read.ids('Network')]
    expect(await entries(item, { network_mappings: { none: network } })).toMatchObject([
      { category: 'INPUT', name: 'network_mappings' },
    ])
    expect(await entries(await lab.package('<nonsense', {}))).toMatchObject([
      { category: 'VALIDATION', issues: [{ category: 'PARSE_ERROR', file: 'vm.ovf', line_number: 1 }] },
    ])
    const wrong = await lab.package(descriptor({ hardware: CPU(1) + CARD('elsewhere') }))
    expect(await entries(wrong)).toMatchObject([
      { issues: [{ category: 'VALUE_ILLEGAL', message: { id: 'vmsg.OvfInvalidValueReference.summary' } }] },
    ])
    lab.create({ name: 'vm' })
    expect(await entries(item)).toEqual([
      {
        category: 'SERVER',
        error: {
          '@class': 'com.vmware.vapi.std.errors.already_exists',
          error_type: 'ALREADY_EXISTS',
          messages: [
            {
              id: 'com.vmware.vdcs.util.duplicate_name',
              default_message: 'An object of type "VirtualMachine" named "vm" already exists.',
              args: ['VirtualMachine', 'vm'],
            },
          ],
        },
      },
    ])
    expect(await entries(item, { name: 'x'.repeat(81) })).toMatchObject([
      { category: 'SERVER', error: { error_type: 'UNABLE_TO_ALLOCATE_RESOURCE' } },
    ])
  })

  it('gives errors for things that are not there', async () => {
    const lab = createOvfLab()
    const item = await lab.package()
    const error = async (spec: object, target: object = {}) =>
      (
        await lab.error(OVF_ITEM, 'deploy', {
          ovf_library_item_id: item,
          target: { resource_pool_id: lab.pool.value, ...target },
          deployment_spec: { accept_all_EULA: true, ...spec },
        })
      ).type
    expect(await error({ default_datastore_id: 'datastore-0' })).toBe('NOT_FOUND')
    expect(await error({ network_mappings: { nat: 'network-0' } })).toBe('NOT_FOUND')
    expect(await error({}, { resource_pool_id: 'resgroup-0' })).toBe('NOT_FOUND')
    expect(vms(lab)).toEqual([])
  })
})

describe('create', () => {
  it('makes a package of a VM, which can be deployed again', async () => {
    const lab = createOvfLab()
    await deploy(lab, await lab.package(), { storage_provisioning: 'thin' })
    const [vm = ''] = vms(lab)
    const library_id = await lab.library({ name: 'captured' })
    const made = await lab.invoke(OVF_ITEM, 'create', {
      client_token: 'one',
      source: { type: 'VirtualMachine', id: vm },
      target: { library_id },
      create_spec: { name: 'captured', description: 'mine' },
    })
    const id = made.ovf_library_item_id ?? ''
    expect(made).toEqual({ succeeded: true, ovf_library_item_id: id })
    expect(await lab.invoke(ITEM, 'get', { library_item_id: id })).toMatchObject({
      type: 'ovf',
      description: 'mine',
    })
    const files = filesOf(lab.sandbox.inventory.read, id)
    expect(files.map(({ name }) => name)).toEqual(['captured.ovf', 'captured-1.vmdk', 'captured-2.vmdk'])
    const { blobs } = lab.sandbox.services
    const [ovf, first] = files
    if (!ovf || !first) throw new Error('Files are missing.')
    expect(Buffer.concat(await (await bytesOf(blobs, first)).toArray()).toString()).toBe('the disk')
    const { envelope, problems } = readDescriptor((await textOf(blobs, ovf, 1e6)) ?? '')
    expect(problems.errors).toEqual([])
    expect(envelope?.files.map(({ href }) => href)).toEqual(['captured-1.vmdk', 'captured-2.vmdk'])

    expect(await deploy(lab, id, { name: 'again', storage_provisioning: 'thin' })).toMatchObject({
      succeeded: true,
    })
    expect(lab.config(vms(lab)[1] ?? '').vAppConfig).toEqual(lab.config(vm).vAppConfig)
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').error).toBeUndefined()
  })

  it('can replace what an item holds', async () => {
    const lab = createOvfLab()
    const vm = lab.create()
    const item = await lab.package()
    const made = await lab.invoke(OVF_ITEM, 'create', {
      source: { type: 'VirtualMachine', id: vm },
      target: { library_item_id: item },
      create_spec: {},
    })
    expect(made.ovf_library_item_id).toBe(item)
    expect(filesOf(lab.sandbox.inventory.read, item).map(({ name }) => name)).toEqual(['item 1.ovf'])
  })

  it('refuses machines that run, names that are taken, and targets that are none', async () => {
    const lab = createOvfLab()
    const vm = lab.create()
    const library_id = await lab.library()
    const source = { type: 'VirtualMachine', id: vm }
    const error = async (input: object) =>
      (await lab.error(OVF_ITEM, 'create', { source, target: { library_id }, create_spec: {}, ...input }))
        .type
    expect(await error({ source: { ...source, id: 'vm-0' } })).toBe('NOT_FOUND')
    expect(await error({ target: {} })).toBe('INVALID_ARGUMENT')
    expect(await error({ target: { library_id: '5b2ce3ba-2d6f-4b8c-9d3f-000000000000' } })).toBe('NOT_FOUND')
    await lab.item(library_id, 'demo')
    const taken = await lab.invoke(OVF_ITEM, 'create', { source, target: { library_id }, create_spec: {} })
    expect(taken).toMatchObject({
      succeeded: false,
      error: { errors: [{ error: { error_type: 'ALREADY_EXISTS' } }] },
    })
    expect(lab.task('VirtualMachine', vm, 'PowerOnVM_Task').error).toBeUndefined()
    expect(await error({ create_spec: { name: 'running' } })).toBe('NOT_ALLOWED_IN_CURRENT_STATE')
  })
})

describe('flags', () => {
  it('are listed', async () => {
    const lab = createOvfLab()
    const exported = await lab.invoke('com.vmware.vcenter.ovf.export_flag', 'list', {})
    expect(exported.map(({ option }) => option)).toEqual(['PRESERVE_MAC', 'EXTRA_CONFIG'])
    const imported = await lab.invoke('com.vmware.vcenter.ovf.import_flag', 'list', { rp: lab.pool.value })
    expect(imported.map(({ option }) => option)).toEqual(['LAX'])
    expect((await lab.error('com.vmware.vcenter.ovf.import_flag', 'list', { rp: 'resgroup-0' })).type).toBe(
      'NOT_FOUND',
    )
  })
})
