/** Something that the user can put right; `main` prints its message alone. */
export class KafkaLocalError extends Error {
  override readonly name = 'KafkaLocalError';
}
