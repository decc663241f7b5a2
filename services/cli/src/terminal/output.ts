/** Where text goes: a stream of the process, or what a test collects it in. */
export interface Output {
  write(text: string): unknown;
}
