export const limits = Object.freeze({ http: 3000, db: 5000 });
export const headers = { 'user-agent': 'platform' } as const;
export const withLimit = { headers, signal: null } as const;
