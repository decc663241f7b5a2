import { describe, expect, it } from 'vitest';
import { detectionOf } from '../test/detection-fixture.ts';
import { stageTimesMs } from './stage-times.ts';

const ms = 1000;

describe('the times of the stages', () => {
  it('are the work of each, and what lies between two moments', () => {
    const timesUs = {
      encoded: 10 * ms,
      published: 13 * ms,
      received: 18 * ms,
      started: 25 * ms,
      emitted: 90 * ms,
    };
    const workMs = { decode: 2, gate: 1, encode: 7, jpegDecode: 5, inference: 50 };
    expect(stageTimesMs(detectionOf({ seq: 1, timesUs, workMs }))).toEqual({
      decode: 2,
      gate: 1,
      encode: 7,
      publish: 3,
      carry: 5,
      wait: 7,
      jpegDecode: 5,
      inference: 50,
      emit: 10,
    });
  });

  it('never has a negative way out, though work of several threads may exceed the time of the batch', () => {
    const timesUs = { started: 0, emitted: 10 * ms };
    const workMs = { jpegDecode: 6, inference: 9 };
    expect(stageTimesMs(detectionOf({ seq: 1, timesUs, workMs })).emit).toBe(0);
  });
});
