/**
 * Has onnxruntime tell nobody of the models and machines that it runs on. From 1.29 on its packages send that to their
 * maker, keep an identifier in the user's home and a database of what is still to be sent (microsoft/onnxruntime#27379).
 * It reads the environment of the process, which no worker thread can set, once, before the first session.
 */
export function refuseTelemetry(): void {
  process.env['ORT_DISABLE_TELEMETRY'] = '1';
}
