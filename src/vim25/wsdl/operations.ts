/** The messages of all calls, answers and faults: each one part, the element of the same name. */
export function messages(methods: readonly string[], faults: readonly string[]): readonly string[] {
  return [
    ...faults.map((name) => message(`${name}FaultMsg`, 'fault', `${name}Fault`)),
    ...methods.flatMap((name) => [
      message(`${name}RequestMsg`, 'parameters', name),
      message(`${name}ResponseMsg`, 'parameters', `${name}Response`),
    ]),
  ]
}

const message = (name: string, part: string, element: string) =>
  `<message name="${name}"><part name="${part}" element="vim25:${element}"/></message>`

/** Any method may end in a runtime fault, declared or not. */
const withRuntimeFault = (faults: readonly string[]) => [
  ...faults.filter((name) => name !== 'RuntimeFault').map((name) => ({ label: `${name}Fault`, name })),
  { label: 'RuntimeFault', name: 'RuntimeFault' },
]

/** An operation of the port type: which messages go in and come out. */
export function portOperation(name: string, faults: readonly string[]): string {
  const thrown = withRuntimeFault(faults).map(
    (fault) => `<fault name="${fault.label}" message="vim25:${fault.name}FaultMsg"/>`,
  )
  return `<operation name="${name}"><input message="vim25:${name}RequestMsg"/><output message="vim25:${name}ResponseMsg"/>${thrown.join('')}</operation>`
}

/** The same operation bound to SOAP, document style; `action` is the SOAPAction that clients then send. */
export function bindingOperation(name: string, faults: readonly string[], action: string): string {
  const body = '<soap:body use="literal"/>'
  const thrown = withRuntimeFault(faults).map(
    ({ label }) => `<fault name="${label}"><soap:fault name="${label}" use="literal"/></fault>`,
  )
  return `<operation name="${name}"><soap:operation soapAction="${action}" style="document"/><input>${body}</input><output>${body}</output>${thrown.join('')}</operation>`
}
