/** The document that says how far a camera was followed. */
export function marksKey(cameraId: string): string {
  return `event-recorder/${cameraId}`;
}
