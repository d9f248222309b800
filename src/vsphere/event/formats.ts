/** Templates of fullFormattedMessage by event type. */
export function formatOf(type: string): string {
  return type
}
