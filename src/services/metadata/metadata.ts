import { authenticationMetadata } from './authentication.js'
import { cliMetadata } from './cli.js'
import { metamodel } from './metamodel.js'
import { privilegeMetadata } from './privilege.js'
import { routingMetadata } from './routing.js'

/** What the API tells of itself, all made from the definitions that serve it, for the server's own release. */
export const metadata = [
  ...metamodel,
  ...cliMetadata,
  ...authenticationMetadata,
  ...privilegeMetadata,
  ...routingMetadata,
]
