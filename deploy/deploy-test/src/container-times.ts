import { z } from 'zod';
import { seconds } from './transcript.ts';

const containersSchema = z.array(
  z.object({
    Config: z.object({ Labels: z.record(z.string(), z.string()) }),
    State: z.object({
      Status: z.string(),
      StartedAt: z.iso.datetime(),
      FinishedAt: z.iso.datetime(),
    }),
  }),
);

/** Of what `docker inspect` prints: when each container of a project started and, where it is over, ended. */
export function startLines(inspected: string, beganAtMs: number): string[] {
  const since = (iso: string): string => seconds(Date.parse(iso) - beganAtMs);
  return containersSchema
    .parse(JSON.parse(inspected))
    .toSorted((one, other) => Date.parse(one.State.StartedAt) - Date.parse(other.State.StartedAt))
    .map(({ Config, State }) => {
      const service = Config.Labels['com.docker.compose.service'] ?? 'a container';
      const ended = State.Status === 'exited' ? `, ended after ${since(State.FinishedAt)}` : '';
      return `${service} started after ${since(State.StartedAt)}${ended}`;
    });
}
