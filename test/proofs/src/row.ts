/** One line of the proofs' table. */
export interface Row {
  readonly library: string;
  readonly version: string;
  readonly claim: string;
  readonly shown: 'types' | 'behaviour' | 'source only' | 'failed';
  /** What was seen, or why it cannot be run. */
  readonly note: string;
}
