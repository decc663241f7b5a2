import { z } from 'zod';

const everywhere = {
  enabled: true,
  cameras: [],
  channels: ['hook'],
  schedule: null,
  coolDownSeconds: 0,
};

/** As the API takes it: a camera that is silent for a minute, told by the channel `hook`. */
export const silenceRule = { ...everywhere, kind: 'silence', name: 'Silent', silentSeconds: 60 };

/** As the API takes it: whoever is seen, told by the channel `hook`. */
export const appearanceRule = {
  ...everywhere,
  kind: 'appearance',
  name: 'Somebody',
  classes: [],
  zones: [],
  minScore: 0,
  dwellSeconds: 0,
};

/** Makes a rule over the API of the console at `url`. @returns its id */
export async function makeRule(url: string | undefined, rule: object): Promise<string> {
  const made = await fetch(`${url}/v1/notifications`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rule),
  });
  return z.object({ id: z.string() }).parse(await made.json()).id;
}
