export type { Cluster } from './cluster.ts';
export { inClusterAccess } from './cluster.ts';
export { readKubeconfig } from './kubeconfig.ts';
export type { ScaleTarget } from './kubernetes-scaler.ts';
export { createKubernetesScaler, parseScaleTarget } from './kubernetes-scaler.ts';
export type { Scale, Scaler } from './port.ts';
export { ScalingError } from './port.ts';
export type { ProcessScaler, ProcessScalerOptions } from './process-scaler.ts';
export { createProcessScaler } from './process-scaler.ts';
