import { exact, type Messages, ours } from './message.js'

const SHOWN = 'public logs of OVF deployments'

/** What is wrong with OVF packages, and with deploying and exporting them. */
export const ovf: Messages = {
  OvfXmlFormat: ours('Line {lineNumber}: The descriptor is no well-formed XML: {description}.'),
  OvfWrongNamespace: ours("Line {lineNumber}: The namespace '{namespaceName}' is not supported."),
  OvfMissingElement: ours("Line {lineNumber}: The element '{name}' is missing."),
  OvfDuplicateElement: ours("Line {lineNumber}: The element '{name}' is there more than once."),
  OvfUnexpectedElement: ours("Line {lineNumber}: The element '{name}' is not expected here."),
  OvfWrongElement: ours("Line {lineNumber}: The element '{name}' is not the one that is expected here."),
  OvfElementInvalidValue: ours(
    "Line {lineNumber}: The value '{value}' of the element '{name}' is not valid.",
  ),
  OvfMissingAttribute: ours(
    "Line {lineNumber}: The attribute '{attributeName}' of the element '{elementName}' is missing.",
  ),
  OvfInvalidValue: ours(
    "Line {lineNumber}: The value '{value}' of {attributeName} in the element '{elementName}' is not valid.",
  ),
  OvfInvalidValueFormatMalformed: ours(
    "Line {lineNumber}: The value '{value}' of {attributeName} in the element '{elementName}' is malformed.",
  ),
  OvfInvalidValueReference: ours(
    "Line {lineNumber}: The value '{value}' of {attributeName} in the element '{elementName}' refers to nothing in the descriptor.",
  ),
  OvfInvalidValueConfiguration: ours(
    "Line {lineNumber}: There is no deployment option '{value}', which {attributeName} of the element '{elementName}' names.",
  ),
  OvfUnsupportedSection: ours("Line {lineNumber}: The section '{name}' is not supported ({info})."),
  OvfUnsupportedElement: ours("Line {lineNumber}: The element '{name}' is not supported."),
  OvfUnsupportedAttribute: ours(
    "Line {lineNumber}: The attribute '{attributeName}' of the element '{elementName}' is not supported.",
  ),
  OvfUnsupportedType: exact(
    SHOWN,
    "Line {lineNumber}: OVF hardware element 'ResourceType' with instance ID '{instanceId}': No support for the virtual hardware device type '{deviceType}'.",
  ),
  OvfUnsupportedSubType: exact(
    SHOWN,
    "Line {lineNumber}: OVF hardware element 'ResourceSubType' with instance ID '{instanceId}': No support for the virtual hardware device type '{deviceSubType}'.",
  ),
  OvfNoSupportedHardwareFamily: exact(SHOWN, "Line {lineNumber}: Unsupported hardware family '{version}'."),
  OvfNoHostNic: ours('The host has no network for virtual machines.'),
  OvfNoSpaceOnController: ours("Line {lineNumber}: There is no more room on the controller '{parent}'."),
  OvfMissingHardware: ours("The hardware '{name}' is not available."),
  OvfMappedOsId: ours(
    "The operating system identifier '{ovfId}' ({ovfDescription}) is not supported on the selected host. It will be mapped to: '{targetDescription}'.",
  ),
  OvfInvalidVmName: ours("Line {lineNumber}: The name '{name}' cannot be that of a virtual machine."),
  OvfUnsupportedDiskProvisioning: ours(
    "The disk provisioning type '{diskProvisioning}' is not supported; supported are: {supportedDiskProvisioning}.",
  ),
  OvfHostResourceConstraint: ours(
    "Line {lineNumber}: The descriptor asks for {value} of '{name}', more than the host has.",
  ),
  OvfPropertyType: ours("Line {lineNumber}: The type '{type}' of a property is not supported."),
  OvfPropertyValue: ours("Line {lineNumber}: '{value}' is no value of a property of the type '{type}'."),
  OvfPropertyQualifier: ours("Line {lineNumber}: The qualifier '{qualifier}' of a property is not valid."),
  OvfPropertyQualifierIgnored: ours(
    "Line {lineNumber}: The qualifier '{qualifier}' of a property is ignored.",
  ),
  OvfNetworkMappingNotSupported: ours('A network mapping names a network that the package does not have.'),
  OvfUnsupportedDeviceExport: ours("The device of '{vmPath}' cannot be exported; it is left out."),
  OvfConnectedDeviceIso: ours(
    "A CD/DVD drive of '{vmPath}' is connected to {filename}; the image is not part of the package.",
  ),
  OvfUnknownEntity: ours('Line {lineNumber}: The entity is not known.'),
}
