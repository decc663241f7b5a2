import { redactUrl } from '@framegate/service-kit';
import type { MqttClient } from 'mqtt';
import { connect } from 'mqtt';
import type { Channel } from './channel.ts';
import { DeliveryError } from './channel.ts';
import { discoveryMessages, eventTopics } from './home-assistant.ts';

export interface MqttOptions {
  readonly name: string;
  /** `mqtt://…` or `mqtts://…` */
  readonly url: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Before all topics. Default `framegate`. */
  readonly prefix?: string;
  readonly timeoutMs?: number;
  /** Told of each broken connection; it connects again by itself. */
  readonly onError: (error: Error) => void;
}

/**
 * Publishes to `<prefix>/<site>/<camera>/event` (JSON) and `…/picture` (JPEG, retained), and announces each camera to
 * Home Assistant the first time. At least once (QoS 1).
 */
export function createMqtt(options: MqttOptions): Channel {
  const { name, url, username, password, prefix = 'framegate', timeoutMs = 5000, onError } = options;
  const announced = new Set<string>();
  const client: MqttClient = connect(url, {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    reconnectPeriod: 1000,
    connectTimeout: timeoutMs,
    // What waits while the broker is away is tried again by whoever sent it.
    queueQoSZero: false,
  });
  client.on('error', onError);
  const address = redactUrl(url);

  const publish = async (topic: string, payload: string | Buffer, retain: boolean): Promise<void> => {
    const sent = client.publishAsync(topic, payload, { qos: 1, retain });
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new Error('too late')), timeoutMs);
    try {
      await Promise.race([sent, late.promise]);
    } finally {
      clearTimeout(timer);
      sent.catch(() => {});
    }
  };

  return {
    name,
    kind: 'mqtt',
    address,
    async deliver(notification, thumbnail) {
      const { cameraId } = notification;
      const topics = eventTopics(prefix, cameraId);
      try {
        if (!client.connected) throw new Error('not connected');
        if (!announced.has(cameraId)) {
          for (const { topic, payload } of discoveryMessages(prefix, cameraId))
            await publish(topic, JSON.stringify(payload), true);
          announced.add(cameraId);
        }
        if (thumbnail) await publish(topics.picture, Buffer.from(thumbnail), true);
        await publish(
          topics.event,
          JSON.stringify({ event_type: notification.kind, ...notification }),
          false,
        );
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new DeliveryError(`mqtt ${name}: ${address} did not take it: ${reason}`, { isFinal: false });
      }
    },
    close: () => client.endAsync(true),
  };
}
