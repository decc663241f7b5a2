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
