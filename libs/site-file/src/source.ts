const schemes = ['rtsp:', 'rtsps:', 'http:', 'https:', 'file:', 'v4l2:', 'synthetic:'];

/** What is wrong with a camera's URL, without repeating it; undefined when it is well-formed. */
export function checkSource(text: string): string | undefined {
  if (!URL.canParse(text)) return `is no URL: expected one that starts with ${schemes.join(' or ')}`;
  const { protocol } = new URL(text);
  return schemes.includes(protocol) ? undefined : `starts with ${protocol}: expected ${schemes.join(' or ')}`;
}
