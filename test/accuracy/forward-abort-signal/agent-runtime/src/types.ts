export interface Settings {
  model: string;
  abortSignal?: AbortSignal;
}

export interface RunParams {
  prompt: string;
  options: { signal?: AbortSignal; retries?: number };
}

export type RunOptions = RunParams['options'];
