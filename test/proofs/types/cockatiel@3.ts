export * as lib from 'cockatiel3';
export declare const entry: 'cockatiel';
