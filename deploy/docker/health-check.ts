/** The health check of the images: 0 while the service in this container says that it is ready, else 1 and why not. */
const port = process.env['FRAMEGATE_HTTP_PORT'];
try {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(2500) });
  process.stdout.write(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(
    `no answer at port ${port}: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exitCode = 1;
}
