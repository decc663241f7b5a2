import kafkajs from 'kafkajs';
import { describe, expect, it } from 'vitest';
import { toBusError } from './kafka-errors.ts';

const { KafkaJSConnectionError, KafkaJSNonRetriableError } = kafkajs;

/** What kafkajs's retrier makes of an error: never retriable, whatever the cause was. */
function wrapped(error: Error): Error {
  return Object.assign(new KafkaJSNonRetriableError(error), { cause: error });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name, retriable: false });
}

function protocolError(type: string, retriable: boolean): Error {
  const error = Object.assign(new Error(`the broker says ${type}`), {
    name: 'KafkaJSProtocolError',
    type,
    retriable,
  });
  return wrapped(error);
}

describe('toBusError', () => {
  it.each([
    ['MESSAGE_TOO_LARGE', false, 'MESSAGE_TOO_LARGE'],
    ['UNKNOWN_TOPIC_OR_PARTITION', true, 'TOPIC_MISSING'],
    ['TOPIC_AUTHORIZATION_FAILED', false, 'AUTHORIZATION'],
    ['GROUP_AUTHORIZATION_FAILED', false, 'AUTHORIZATION'],
    ['SASL_AUTHENTICATION_FAILED', false, 'AUTHENTICATION'],
    ['LEADER_NOT_AVAILABLE', true, 'UNREACHABLE'],
    ['OUT_OF_ORDER_SEQUENCE_NUMBER', false, 'PROTOCOL'],
  ])("calls the broker's %s, retriable %s, %s", (type, retriable, code) => {
    expect(toBusError(protocolError(type, retriable), 'writing')).toMatchObject({ code });
  });

  it('calls a connection UNREACHABLE that has ended since its broker was chosen', () => {
    const ended = new Error('Broker not connected');
    for (const error of [ended, wrapped(ended)])
      expect(toBusError(error, 'writing')).toMatchObject({ code: 'UNREACHABLE' });
  });

  it('calls a lost connection UNREACHABLE, however kafkajs wraps it', () => {
    const lost = new KafkaJSConnectionError('connect ECONNREFUSED 127.0.0.1:1');
    for (const error of [lost, wrapped(lost), wrapped(wrapped(lost))]) {
      expect(toBusError(error, 'writing')).toMatchObject({
        code: 'UNREACHABLE',
        message: 'Kafka: writing failed: connect ECONNREFUSED 127.0.0.1:1',
      });
    }
  });

  it('calls a lock that took too long UNREACHABLE, though kafkajs would not try again', () => {
    expect(toBusError(named('KafkaJSLockTimeout', 'Timeout while acquiring lock'), 'writing')).toMatchObject({
      code: 'UNREACHABLE',
    });
  });

  it('calls refused credentials AUTHENTICATION', () => {
    expect(toBusError(named('KafkaJSSASLAuthenticationError', 'bad'), 'connecting')).toMatchObject({
      code: 'AUTHENTICATION',
    });
  });

  it('finds the reason among several errors', () => {
    const errors = [protocolError('INVALID_TOPIC_EXCEPTION', false)];
    const aggregate = Object.assign(new Error('Topic creation errors'), {
      name: 'KafkaJSAggregateError',
      errors,
    });
    expect(toBusError(aggregate, 'creating topics')).toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  it('takes anything that may be thrown', () => {
    for (const thrown of ['text', undefined, null, 7, new Error('bug')]) {
      expect(toBusError(thrown, 'writing')).toMatchObject({ code: 'PROTOCOL' });
    }
  });
});
