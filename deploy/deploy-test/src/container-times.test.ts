import { expect, it } from 'vitest';
import { startLines } from './container-times.ts';

const container = (service: string, startedAt: string, finishedAt?: string) => ({
  Config: { Labels: { 'com.docker.compose.service': service } },
  State: {
    Status: finishedAt === undefined ? 'running' : 'exited',
    StartedAt: startedAt,
    FinishedAt: finishedAt ?? '0001-01-01T00:00:00Z',
  },
});

it('tells in their order when containers started, and when those that are over ended', () => {
  const inspected = JSON.stringify([
    container('edge', '2026-01-01T00:00:11.5Z'),
    container('topics', '2026-01-01T00:00:07.123456789Z', '2026-01-01T00:00:11.2Z'),
    container('kafka', '2026-01-01T00:00:01Z'),
  ]);
  expect(startLines(inspected, Date.parse('2026-01-01T00:00:00Z'))).toEqual([
    'kafka started after 1.0 s',
    'topics started after 7.1 s, ended after 11.2 s',
    'edge started after 11.5 s',
  ]);
});
