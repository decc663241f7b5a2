import { eventually } from '@framegate/test-kit';
import { expect, it } from 'vitest';
import { createProcessScaler } from '../src/index.ts';
import { describeScalerContract } from './contract-fixture.ts';

const idle = ['-e', 'setInterval(() => {}, 1000); console.log(process.env.NAME)'];
const sleepers = (told: string[] = []) =>
  createProcessScaler({
    command: process.execPath,
    args: idle,
    env: (name) => ({ NAME: name }),
    onOutput: (_name, text) => told.push(text.trim()),
    onExit: (name) => told.push(`${name} ended`),
  });

describeScalerContract('processes on this machine', async () => sleepers());

it('replaces a process that ends without being asked to, under another name', async () => {
  const told: string[] = [];
  const scaler = sleepers(told);
  try {
    await scaler.scale(2);
    await eventually(() => told.includes('replica-1') && told.includes('replica-2'));
    scaler.processes[0]?.kill('SIGKILL');
    await eventually(() => told.includes('replica-3'));
    expect(told).toContain('replica-1 ended');
    expect(await scaler.read()).toEqual({ wanted: 2, existing: 2 });
  } finally {
    await scaler.close();
  }
  expect(await scaler.read()).toEqual({ wanted: 0, existing: 0 });
});
