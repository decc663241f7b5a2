export { createRateSampler, type RateSampler } from './rate-sampler.ts';
