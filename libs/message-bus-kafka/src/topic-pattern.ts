/** The existing topics that a subscription asks for. */
export function matchingTopics(wanted: readonly (string | RegExp)[], existing: readonly string[]): string[] {
  return existing.filter((topic) =>
    wanted.some((each) => (typeof each === 'string' ? each === topic : matches(each, topic))),
  );
}

/** A sticky or global RegExp keeps state between tests; a topic either matches or it does not. */
function matches(pattern: RegExp, topic: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(topic);
}
