/** What can be measured, and the program that does it. */
export const benches: ReadonlyMap<string, { readonly file: string; readonly question: string }> = new Map([
  ['all', { file: 'all.ts', question: 'runs the benches of the page, one after the other' }],
  ['report', { file: 'report.ts', question: 'makes docs/benchmarks.html of what they found' }],
  ['compare', { file: 'compare.ts', question: 'tells what changed between two runs' }],
  [
    'overhead',
    { file: 'overhead.ts', question: 'what the way from capture to detection costs beside the work' },
  ],
  [
    'overload',
    { file: 'overload.ts', question: 'age of results when more frames come than can be analysed' },
  ],
  ['decode', { file: 'decode.ts', question: "decoding and the gate's picture beside FFmpeg's own program" }],
  [
    'edge',
    { file: 'edge.ts', question: 'what many cameras cost on one edge, watched by packets or decoded' },
  ],
  ['watch', { file: 'watch.ts', question: 'which events are lost when packets are watched undecoded' }],
  ['jpeg', { file: 'jpeg.ts', question: "FFmpeg's MJPEG encoder beside sharp" }],
  ['analyze', { file: 'analyze.ts', question: 'analyze beside a bare loop and a Python loop of the same' }],
  [
    'reference',
    { file: '../reference/compare.ts', question: 'our boxes beside those of an independent decoder' },
  ],
  [
    'causes',
    {
      file: 'causes.ts',
      question: 'whether the right cause is blamed for injected faults, and none in peace',
    },
  ],
  [
    'control-step',
    { file: 'control-step.ts', question: "CPU time of the controller's step for 1,000 to 10,000 cameras" },
  ],
  [
    'control-validity',
    {
      file: 'control-validity.ts',
      question: 'the same scenario for real and simulated, with the same controller',
    },
  ],
  [
    'tune-baselines',
    {
      file: 'tune-baselines.ts',
      question: 'the best parameters of the controllers that ours is judged against',
    },
  ],
  ['spool', { file: 'spool.ts', question: 'how fast frames are stored and forwarded on disk' }],
  ['bandwidth', { file: 'bandwidth.ts', question: 'bytes that leave a site, and what is missed for it' }],
  ['inference', { file: 'inference.ts', question: 'frames/s of the detector by model, threads and batch' }],
  ['tracing', { file: 'tracing.ts', question: 'what traces cost: off, at the usual rate, of every frame' }],
  [
    'control',
    { file: 'control.ts', question: 'what controllers make of the same bad weather, in virtual time' },
  ],
  [
    'cloud-only',
    {
      file: 'cloud-only.ts',
      question: 'how much sooner results come than where every frame goes to the cloud',
    },
  ],
  [
    'end-to-end',
    { file: 'end-to-end.ts', question: 'how many cameras this machine carries within the objective' },
  ],
  ['start', { file: 'start.ts', question: 'time and bytes from clone to the first detection' }],
  [
    'scale',
    {
      file: 'scale.ts',
      question: 'how cost grows with cameras and workers, and what 10,000 cameras cost on paper',
    },
  ],
  [
    'load-cost',
    { file: 'load-cost.ts', question: 'what the load generator costs beside a bare kafkajs loop' },
  ],
  ['mailbox', { file: 'mailbox.ts', question: 'who goes next in overload, in virtual time' }],
  [
    'gate',
    { file: 'gate.ts', question: 'recall, false positives and time of the motion gate on the scenes' },
  ],
  ['gate-cpu', { file: 'gate-cpu.ts', question: 'what the motion gate itself costs a frame' }],
  ['history', { file: 'history.ts', question: 'how long a search in a day of 16 cameras takes' }],
  [
    'rebalance',
    { file: 'rebalance.ts', question: 'how long frames wait when a replica joins a group or leaves it' },
  ],
  ['bus', { file: 'bus.ts', question: 'latency and CPU of frames through Kafka, by size and rate' }],
]);
