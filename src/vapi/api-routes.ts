import { type ApiForm, apiForm } from './api-form.js'
import { INDEX, line, operationLines, PREFIX, parseHistory } from './schema-text.js'

/** Where `/api` has an operation; what it takes and gives is in `operation(service, id)`. */
export interface ApiRoute extends ApiForm {
  readonly service: string
  readonly operation: string
  /** Never older than the service. */
  readonly since: number
}

/**
 * The routes of all operations of `/api`, without reading more of them than that: a server asks for all at its
 * start and its clients call few.
 */
export function* apiRoutes(): Generator<ApiRoute> {
  for (const service of INDEX.starts.service.keys()) {
    const owner = parseHistory(line('service', service)?.[2], 0).since
    for (const { head } of operationLines(service)) {
      const [, operation = '', since, style, definition = ''] = head
      if (!style) continue
      const form = apiForm(definition, style === 'c', service.slice(PREFIX.length), operation)
      yield { ...form, service, operation, since: parseHistory(since, owner).since }
    }
  }
}
