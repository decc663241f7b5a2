import { describe, expect, it } from 'vitest';
import { serverProperties } from './broker-settings.ts';

const SETTINGS = { host: '127.0.0.1', port: 9092, controllerPort: 9093, topicsFolder: '/data/topics' };

describe('serverProperties', () => {
  it("listens on the broker's and the controller's port", () => {
    const lines = serverProperties(SETTINGS).split('\n');
    expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093');
    expect(lines).toContain('controller.quorum.voters=1@127.0.0.1:9093');
  });

  it('escapes what Java would take for an escape in a path', () => {
    expect(serverProperties({ ...SETTINGS, topicsFolder: 'C:\\data' })).toContain('log.dirs=C:\\\\data\n');
  });
});
