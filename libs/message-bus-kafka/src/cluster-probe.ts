import type { Admin, Kafka } from 'kafkajs';
import type { Probe } from './connection-monitor.ts';

/** Asks over a connection of its own, which large requests do not hold up. */
export class ClusterProbe implements Probe {
  readonly #kafka: Kafka;
  #admin: Admin | undefined;

  constructor(kafka: Kafka) {
    this.#kafka = kafka;
  }

  async ask(): Promise<void> {
    if (!this.#admin) {
      this.#admin = this.#kafka.admin();
      await this.#admin.connect();
    }
    await this.#admin.describeCluster();
  }

  drop(): void {
    this.#admin?.disconnect().catch(() => {});
    this.#admin = undefined;
  }
}
