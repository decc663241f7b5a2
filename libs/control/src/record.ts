/**
 * A record that V8 keeps as a hash table from the start. Filling `{}` with a thousand names goes through a thousand
 * hidden classes once any code has laid that way (a spread, `Object.fromEntries`), at ten times the garbage. Nothing
 * is inherited either, so a camera may be called `constructor`.
 */
export function emptyRecord<T>(): Record<string, T> {
  return Object.create(null);
}

/** A record of the same, to be changed. */
export function copyRecord<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.assign(emptyRecord<T>(), record);
}
