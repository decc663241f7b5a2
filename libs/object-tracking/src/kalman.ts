/**
 * A quantity that moves at a nearly constant velocity, seen with noise at irregular times: the Kalman filter with
 * white-noise acceleration (Bar-Shalom, Li, Kirubarajan, "Estimation with Applications to Tracking and Navigation",
 * 2001, 6.2). ByteTrack's filter of eight numbers falls apart into four of these, as its noise is diagonal and each
 * quantity has only its own velocity.
 */
export interface Motion {
  /** px */
  readonly position: number;
  /** px/s */
  readonly velocity: number;
  /** Variances of position and velocity, and their covariance. */
  readonly pp: number;
  readonly pv: number;
  readonly vv: number;
}

/** @param positionStd px @param velocityStd px/s: nothing is known of the velocity yet */
export function beginMotion(position: number, positionStd: number, velocityStd: number): Motion {
  return { position, velocity: 0, pp: positionStd ** 2, pv: 0, vv: velocityStd ** 2 };
}

/** @param seconds since the motion was true @param accelerationStd px/s² over one second */
export function predictMotion(motion: Motion, seconds: number, accelerationStd: number): Motion {
  const { position, velocity, pp, pv, vv } = motion;
  const q = accelerationStd ** 2;
  return {
    position: position + velocity * seconds,
    velocity,
    pp: pp + 2 * seconds * pv + seconds ** 2 * vv + (q * seconds ** 3) / 3,
    pv: pv + seconds * vv + (q * seconds ** 2) / 2,
    vv: vv + q * seconds,
  };
}

export function correctMotion(motion: Motion, measured: number, measuredStd: number): Motion {
  const { position, velocity, pp, pv, vv } = motion;
  const innovation = measured - position;
  const total = pp + measuredStd ** 2;
  const [positionGain, velocityGain] = [pp / total, pv / total];
  return {
    position: position + positionGain * innovation,
    velocity: velocity + velocityGain * innovation,
    pp: (1 - positionGain) * pp,
    pv: (1 - positionGain) * pv,
    vv: vv - velocityGain * pv,
  };
}
