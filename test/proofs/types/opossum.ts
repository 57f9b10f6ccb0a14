import type CircuitBreaker from 'opossum';
export declare const installed: 'opossum';
export declare const exported: { default: typeof CircuitBreaker };
