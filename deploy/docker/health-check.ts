/** The health check of the images: 0 while the service says that it is ready, else 1 and why not. */
const url =
  process.env['FRAMEGATE_HEALTH_URL'] ?? `http://127.0.0.1:${process.env['FRAMEGATE_HTTP_PORT']}/readyz`;
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(8000) });
  process.stdout.write(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  const { cause, message } = error instanceof Error ? error : new Error(String(error));
  process.stdout.write(`${url} does not answer: ${cause instanceof Error ? cause.message : message}\n`);
  process.exitCode = 1;
}
