/** What clients show for a task, by its descriptionId. */
export function labelOf(descriptionId: string): string {
  return descriptionId
}
