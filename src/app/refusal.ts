/** A start that is refused, with the one line that tells why and what to do; the command ends with 2. */
export class Refusal extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message.split('\n')[0], options)
    this.name = 'Refusal'
  }
}
