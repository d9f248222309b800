import { type Method, managedType, typeNames } from '#vim25/schema.js'

/** The methods of that name, whichever types have them. */
export function methodsNamed(name: string): readonly Method[] {
  byName ??= index()
  return byName.get(name) ?? []
}

let byName: ReadonlyMap<string, readonly Method[]> | undefined

function index(): ReadonlyMap<string, readonly Method[]> {
  const found = new Map<string, Method[]>()
  for (const type of typeNames('managed'))
    for (const method of managedType(type)?.methods.values() ?? [])
      if (method.owner === type) found.set(method.name, [...(found.get(method.name) ?? []), method])
  return found
}
