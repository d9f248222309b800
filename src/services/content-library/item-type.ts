/** What an item is by the names of its files: a template as soon as one is an OVF descriptor. */
export function itemType(names: readonly string[]): 'ovf' | 'iso' | undefined {
  const has = (extension: string) => names.some((name) => name.toLowerCase().endsWith(extension))
  if (has('.ovf')) return 'ovf'
  return has('.iso') ? 'iso' : undefined
}
