export declare const clients: { fetch: typeof fetch };
export declare const globals: { fetch: typeof fetch };
