import { describe, expect, it } from 'vitest';
import { parseCommand, UsageError } from './command.ts';

const ENV = { HOME: '/home/user' };

describe('parseCommand', () => {
  it('serves on 9092 from the state folder unless told otherwise', () => {
    expect(parseCommand(['start'], ENV)).toEqual({
      action: 'start',
      port: 9092,
      dataFolder: '/home/user/.local/state/framegate/kafka-9092',
    });
    expect(parseCommand(['stop', '--port', '9192'], { ...ENV, XDG_STATE_HOME: '/state' })).toEqual({
      action: 'stop',
      port: 9192,
      dataFolder: '/state/framegate/kafka-9192',
    });
    expect(parseCommand(['status', '--data', 'here'], ENV)).toMatchObject({ dataFolder: 'here' });
  });

  it('helps, whatever else is given', () => {
    expect(parseCommand(['--help'], ENV)).toEqual({ action: 'help' });
    expect(parseCommand(['start', '-h'], ENV)).toEqual({ action: 'help' });
  });

  it.each([
    [[], 'Expected start, stop or status, got nothing.'],
    [['restart'], 'got "restart"'],
    [['start', 'now'], 'Unexpected argument "now"'],
    [['start', '--port', '0'], 'got "0"'],
    [['start', '--port', '65535'], 'got "65535"'],
    [['start', '--port', '9e3'], 'got "9e3"'],
    [['start', '--heap', '1g'], '--heap'],
  ])('refuses %j by name', (args, mistake) => {
    expect(() => parseCommand(args, ENV)).toThrow(UsageError);
    expect(() => parseCommand(args, ENV)).toThrow(mistake);
  });
});
