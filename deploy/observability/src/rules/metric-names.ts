/** The names of series that a piece of PromQL or a file of rules asks for: those of services and of the process. */
export function metricNames(text: string): string[] {
  // What rules record has colons, and is nobody's metric.
  const found = text.matchAll(/(?<![\w:])(?:framegate|nodejs|process)_\w+(?![\w:])/g);
  return [...new Set([...found].map(([name]) => name))].toSorted();
}
