import type { Frame } from '@framegate/contracts';
import {
  ContractError,
  decodeFrame,
  formatFrameId,
  quarantineMessage,
  topicCarriesCamera,
  topicNames,
} from '@framegate/contracts';
import type { CloudLedger } from '@framegate/frame-ledger';
import { createSeenFrames } from '@framegate/frame-ledger';
import type { Delivery, Producer } from '@framegate/message-bus';
import { onCloudClock } from './on-cloud-clock.ts';

/** A received frame that waits for its outcome. */
export interface ReceivedFrame {
  /** Its times are by this side's clock, as far as is known. */
  readonly frame: Frame;
  readonly receivedAtUs: number;
  /** The frame has its outcome, and whoever must know was told: its offset may be committed. */
  settle(): void;
  /** Its outcome could not be told: the frame must come again. */
  giveBack(error: unknown): void;
}

export interface IntakeOptions {
  readonly ledger: CloudLedger;
  readonly producer: Producer;
  readonly nowUs: () => number;
  readonly accept: (received: ReceivedFrame) => void;
  readonly onRefused: (code: string, message: string, delivery: Delivery) => void;
}

/** Turns deliveries into frames: what is no frame goes to quarantine, what came before is dropped. */
export function createFrameIntake(options: IntakeOptions): (delivery: Delivery) => Promise<void> {
  const seen = createSeenFrames();
  /** Frames without outcome. One that comes again meanwhile shares its fate: its offset must not be committed before. */
  const inWork = new Map<string, Promise<void>>();
  const { ledger } = options;

  const refuse = async (delivery: Delivery, code: string, message: string): Promise<void> => {
    await options.producer.send(topicNames.quarantine, quarantineMessage(delivery, { code, message }));
    options.onRefused(code, message, delivery);
    ledger.delivered();
    ledger.quarantined();
  };

  return async (delivery) => {
    const receivedAtUs = options.nowUs();
    const frame = tryDecode(delivery);
    if (frame instanceof ContractError) return refuse(delivery, frame.code, frame.message);
    if (!topicCarriesCamera(delivery.topic, frame.cameraId)) {
      return refuse(
        delivery,
        'FOREIGN_CAMERA',
        `camera ${frame.cameraId} may not write to ${delivery.topic}`,
      );
    }
    ledger.delivered();
    const id = formatFrameId(frame);
    if (seen.meet(frame)) {
      ledger.duplicate();
      return inWork.get(id);
    }
    ledger.received();
    const outcome = new Promise<void>((resolve, reject) => {
      const giveBack = (error: unknown): void => {
        seen.forget(frame);
        ledger.handedBack();
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      options.accept({ frame: onCloudClock(frame), receivedAtUs, settle: resolve, giveBack });
    });
    inWork.set(id, outcome);
    await outcome.finally(() => inWork.delete(id));
  };
}

function tryDecode(delivery: Delivery): Frame | ContractError {
  try {
    return decodeFrame(delivery);
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
}
