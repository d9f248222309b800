import { data } from '#vim25/data.js'
import type { Descriptions, Lab } from './description.js'

const manager = (lab: Lab) => lab.ref('CustomizationSpecManager')
const CREATE = 'CustomizationSpecManager.CreateCustomizationSpec'

/** A Linux guest named after its VM, with an address by DHCP. */
const item = (description: string) =>
  data('CustomizationSpecItem', {
    info: data('CustomizationSpecInfo', { name: 'linux-dhcp', description, type: 'Linux' }),
    spec: data('CustomizationSpec', {
      identity: data('CustomizationLinuxPrep', {
        hostName: data('CustomizationVirtualMachineName', {}),
        domain: 'lab.local',
      }),
      globalIPSettings: data('CustomizationGlobalIPSettings', { dnsServerList: ['192.168.10.1'] }),
      nicSettingMap: [
        data('CustomizationAdapterMapping', {
          adapter: data('CustomizationIPSettings', { ip: data('CustomizationDhcpIpGenerator', {}) }),
        }),
      ],
    }),
  })

const XML = `<ConfigRoot>
  <_type>vim.CustomizationSpecItem</_type>
  <info>
    <_type>vim.CustomizationSpecInfo</_type>
    <description/>
    <name>linux</name>
    <type>Linux</type>
  </info>
  <spec>
    <_type>vim.vm.customization.Specification</_type>
    <globalIPSettings>
      <_type>vim.vm.customization.GlobalIPSettings</_type>
    </globalIPSettings>
    <identity>
      <_type>vim.vm.customization.LinuxPrep</_type>
      <domain>lab.local</domain>
      <hostName>
        <_type>vim.vm.customization.VirtualMachineNameGenerator</_type>
      </hostName>
    </identity>
  </spec>
</ConfigRoot>
`

/** An example that needs the specification `linux-dhcp`. */
const after = (body: object) => ({ on: manager, first: [CREATE], body: () => body })

export const customizationDescriptions: Descriptions = {
  [CREATE]: {
    summary: 'Saves a customization specification under a name',
    text: "What a guest is to be called and which addresses its network adapters get, for clones to come. `info.type` says `Linux` or `Windows` and must go with the identity. Passwords in plain text are not kept. The manager's `info` lists what is saved.",
    example: { on: manager, body: () => ({ item: item('Named after the VM, addresses by DHCP') }) },
  },
  'CustomizationSpecManager.GetCustomizationSpec': {
    summary: 'Reads a saved customization specification',
    text: 'Its `spec` is what `CloneVM_Task` takes as `customization`, and `CustomizeVM_Task` as `spec`.',
    example: after({ name: 'linux-dhcp' }),
  },
  'CustomizationSpecManager.DoesCustomizationSpecExist': {
    summary: 'Tells whether a customization specification is saved under a name',
    example: { on: manager, body: () => ({ name: 'linux-dhcp' }) },
  },
  'CustomizationSpecManager.OverwriteCustomizationSpec': {
    summary: 'Replaces a saved customization specification',
    text: 'With the `changeVersion` that was read, a change by somebody else in between is `ConcurrentAccess`; without one it is overwritten.',
    example: after({ item: item('Changed') }),
  },
  'CustomizationSpecManager.DuplicateCustomizationSpec': {
    summary: 'Copies a customization specification to another name',
    example: after({ name: 'linux-dhcp', newName: 'linux-dhcp-copy' }),
  },
  'CustomizationSpecManager.RenameCustomizationSpec': {
    summary: 'Renames a customization specification',
    example: after({ name: 'linux-dhcp', newName: 'linux-by-dhcp' }),
  },
  'CustomizationSpecManager.DeleteCustomizationSpec': {
    summary: 'Removes a saved customization specification',
    text: 'Guests that it was applied to stay as they are.',
    example: after({ name: 'linux-dhcp' }),
  },
  'CustomizationSpecManager.CustomizationSpecItemToXml': {
    summary: 'Writes a customization specification as XML',
    text: 'The form in which vCenter exports them; passwords are blank. Nothing is saved.',
    example: { on: manager, body: () => ({ item: item('') }) },
  },
  'CustomizationSpecManager.XmlToCustomizationSpecItem': {
    summary: 'Reads a customization specification from XML',
    text: 'The reverse of `CustomizationSpecItemToXml`. Nothing is saved.',
    example: { on: manager, body: () => ({ specItemXml: XML }) },
  },
  'CustomizationSpecManager.CheckCustomizationResources': {
    summary: 'Tells whether guests of a kind can be customized',
    text: 'Linux and Windows guests can; for others the answer is the fault `UncustomizableGuest`.',
    example: { on: manager, body: () => ({ guestOs: 'ubuntu64Guest' }) },
  },
}
